namespace Plimsoll.Engine.Tests.Samples;

/// <summary>Numbers that look random and are the same in every run (SplitMix64).</summary>
internal sealed class Dice(ulong seed)
{
    readonly Lock _lock = new();

    /// <summary>From 0 to one less than <paramref name="sides"/>.</summary>
    public int Roll(int sides)
    {
        lock (_lock)
        {
            var z = seed += 0x9E3779B97F4A7C15;
            z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
            z = (z ^ z >> 27) * 0x94D049BB133111EB;
            return (int)((z ^ z >> 31) % (ulong)sides);
        }
    }
}
