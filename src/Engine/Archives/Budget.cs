using System.Globalization;

namespace Plimsoll.Engine.Archives;

/// <summary>A limit that is used up as an inspection goes on. Safe to share between the layers that are read at once.</summary>
internal sealed class Budget(string what, long limit)
{
    long _used;

    /// <summary>Takes <paramref name="amount"/>; ends the inspection when that is more than is left.</summary>
    public void Take(long amount)
    {
        if (Interlocked.Add(ref _used, amount) > limit || amount < 0)
            throw new UnreadableImageException(
                string.Create(CultureInfo.InvariantCulture, $"the image has more than {limit:N0} {what}"),
                "this is past a safety limit; inspect it only if you trust its source, with a higher limit");
    }
}
