namespace Plimsoll.Store.Webhooks;

/// <summary>How long to wait after an attempt that failed: 5 s, three times as long after each, at most six hours; and up to a fifth more or less.</summary>
internal static class DeliveryBackoff
{
    const double First = 5;
    const double Factor = 3;
    const double Longest = 6 * 3600;

    /// <param name="attempt">From 1.</param>
    /// <param name="chance">Random bits: the deliveries that failed together shall not all come back together.</param>
    public static TimeSpan After(int attempt, Guid chance)
    {
        var seconds = Math.Min(Longest, First * Math.Pow(Factor, Math.Clamp(attempt, 1, 20) - 1));
        // A version 4 UUID begins with random bits.
        var share = BitConverter.ToUInt32(chance.ToByteArray()) / (double)uint.MaxValue;
        return TimeSpan.FromSeconds(seconds * (0.8 + 0.4 * share));
    }
}
