using System.Security.Cryptography;

namespace Plimsoll.Operator.Cluster;

/// <summary>Longer and longer pauses between tries, each somewhere between the whole and the half of its length, so that many do not come back at once.</summary>
internal sealed class Backoff(TimeSpan shortest, TimeSpan longest)
{
    int _failures;

    /// <summary>The pause after one more failure.</summary>
    public TimeSpan Next() => After(_failures++);

    /// <summary>The pause after so many failures in a row.</summary>
    public TimeSpan After(int failures)
    {
        var whole = TimeSpan.FromTicks(Math.Min(longest.Ticks, shortest.Ticks << Math.Min(failures, 30)));
        return whole * (0.5 + RandomNumberGenerator.GetInt32(1001) / 2000.0);
    }

    public void Reset() => _failures = 0;
}
