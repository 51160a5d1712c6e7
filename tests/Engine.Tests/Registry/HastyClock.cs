namespace Plimsoll.Engine.Tests.Registry;

/// <summary>Time that passes as soon as somebody waits for it, so that no test does. Idle limits, which are long, pass only when a test says so.</summary>
internal sealed class HastyClock : TimeProvider
{
    volatile bool _idleTimePasses;

    public List<TimeSpan> Waits { get; } = [];

    /// <summary>Whoever starts to wait for a connection from now on waits in vain.</summary>
    public void LetIdleTimePass() => _idleTimePasses = true;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var isIdleLimit = dueTime >= TimeSpan.FromMinutes(10);
        if (dueTime == Timeout.InfiniteTimeSpan || isIdleLimit && !_idleTimePasses)
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        if (!isIdleLimit)
            lock (Waits)
                Waits.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
