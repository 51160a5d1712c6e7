namespace Plimsoll.Operator.Tests.Samples;

/// <summary>The machine's clock, so many times as fast.</summary>
internal sealed class FastClock(int times) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency / times;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / times : dueTime, period);
}
