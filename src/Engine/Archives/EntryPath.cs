using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Archives;

/// <summary>Where an entry of a layer lies: the name that its headers give, in normal form and within the limits.</summary>
internal static class EntryPath
{
    /// <summary>Writes the normal path to <paramref name="normal"/> and returns its length; <c>..</c> may not leave the root.</summary>
    /// <param name="extended">The path of an extended header, which wins over the header's own; empty when there is none.</param>
    public static int Write(TarHeader header, ReadOnlySpan<byte> extended, Limits limits, Span<byte> normal)
    {
        Span<byte> joined = stackalloc byte[256];
        scoped var raw = extended;
        if (raw.IsEmpty)
        {
            raw = header.Name;
            if (header.Prefix is { Length: > 0 } prefix)
            {
                prefix.CopyTo(joined);
                joined[prefix.Length] = (byte)'/';
                raw.CopyTo(joined[(prefix.Length + 1)..]);
                raw = joined[..(prefix.Length + 1 + raw.Length)];
            }
        }
        if (raw.Length > limits.PathLength)
            throw new UnreadableImageException($"a layer has a path of {raw.Length} bytes; the limit is {limits.PathLength}");
        var length = PathText.Normalise(raw, normal, out var depth);
        if (length < 0)
            throw new UnreadableImageException($"a layer has an entry outside the root: '{PathText.Show(raw)}'", "no container engine would unpack it; do not trust its source");
        if (depth > limits.PathDepth)
            throw new UnreadableImageException($"a layer has a path {depth} directories deep; the limit is {limits.PathDepth}");
        return length;
    }
}
