using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>A clock that stands until a test moves it, and tells which timers somebody waits for.</summary>
internal sealed class WatchedClock : FakeTimeProvider
{
    readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();
    long _overslept;

    public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _overslept);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>The next pause that somebody makes, between two lengths; other timers, such as limits, are passed over.</summary>
    public async Task<TimeSpan> Timer(double least, double most)
    {
        while (true)
            if (await _timers.Reader.ReadAsync(Patience.Ct).Soon() is var due && due.TotalSeconds >= least && due.TotalSeconds <= most)
                return due;
    }

    /// <summary>Waits until somebody pauses, and lets the time pass.</summary>
    public async Task<TimeSpan> Pass(double least, double most)
    {
        var due = await Timer(least, most);
        Advance(due);
        return due;
    }

    /// <summary>Time passes and no timer notices, as when a machine stands still and goes on.</summary>
    public void Oversleep(TimeSpan time) => Interlocked.Add(ref _overslept, (long)(time.TotalSeconds * TimestampFrequency));
}
