namespace Plimsoll.Engine.Tests.Registry;

/// <summary>Time that passes as soon as somebody waits for it, so that no test does.</summary>
internal sealed class HastyClock : TimeProvider
{
    public List<TimeSpan> Waits { get; } = [];

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Idle limits are long and must not pass; waits between attempts are short.
        if (dueTime == Timeout.InfiniteTimeSpan || dueTime >= TimeSpan.FromMinutes(10))
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        lock (Waits)
            Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
