using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class WorkQueueTests : IDisposable
{
    static readonly ObjectKey One = Sample.Key("one"), Two = Sample.Key("two");

    readonly WatchedClock _clock = new();
    readonly WorkQueue _queue;

    public WorkQueueTests() => _queue = Sample.Queue(_clock);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task A_key_that_waits_already_is_there_once()
    {
        _queue.Add(One);
        _queue.Add(One);
        _queue.Add(Two);

        Assert.Equal((One, Two, 0), (await Take(), await Take(), _queue.Depth));
    }

    [Fact]
    public async Task A_key_that_is_worked_on_comes_again_only_when_that_is_done()
    {
        _queue.Add(One);
        await Take();
        _queue.Add(One);
        _queue.Add(Two);

        Assert.Equal(Two, await Take());
        Assert.Equal(0, _queue.Depth);
        var next = Take();
        Assert.False(next.IsCompleted);
        _queue.Done(One, TimeSpan.Zero);
        Assert.Equal(One, await next);
    }

    [Fact]
    public async Task Of_two_times_the_earlier_counts()
    {
        _queue.Add(One, TimeSpan.FromSeconds(10));
        _queue.Add(One, TimeSpan.FromSeconds(3));
        _queue.Add(One, TimeSpan.FromSeconds(20));

        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(0, _queue.Depth);
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(One, await Take());
        _queue.Done(One, TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task A_time_that_comes_while_the_key_waits_for_a_worker_is_over_and_the_next_one_counts()
    {
        _queue.Add(One);
        await Take();
        _queue.Add(One);
        _queue.Add(One, TimeSpan.FromSeconds(1));
        _queue.Done(One, TimeSpan.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Take();

        _queue.Add(One, TimeSpan.FromSeconds(2));
        _queue.Done(One, TimeSpan.Zero);
        Assert.Equal(0, _queue.Depth);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, _queue.Depth);
        Assert.Equal(One, await Take());
    }

    [Fact]
    public void A_time_beyond_all_timers_is_a_day()
    {
        _queue.Add(One, TimeSpan.MaxValue);

        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, _queue.Depth);
    }

    [Fact]
    public async Task Pauses_after_failures_grow_and_begin_anew_after_a_success()
    {
        for (var whole = 0.5; whole < 500; whole *= 2)
        {
            _queue.AddFailed(One);
            Assert.InRange((await _clock.Pass(0, 1000)).TotalSeconds, Math.Min(whole, 300) / 2, Math.Min(whole, 300));
            Assert.Equal(One, await Take());
            _queue.Done(One, TimeSpan.Zero);
        }
        _queue.Succeeded(One);
        _queue.AddFailed(One);

        Assert.InRange((await _clock.Timer(0, 1000)).TotalSeconds, 0.25, 0.5);
    }

    [Fact]
    public async Task Who_waits_is_told_of_the_end_and_nothing_goes_in_or_out_after_it()
    {
        var waiting = _queue.Take(Patience.Ct).AsTask();
        _queue.Add(Two, TimeSpan.FromSeconds(1));

        _queue.Close();

        Assert.Null(await waiting.Soon());
        _queue.Add(One);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(await _queue.Take(Patience.Ct).Soon());
    }

    [Fact]
    public async Task What_waits_at_the_end_is_left()
    {
        _queue.Add(One);
        _queue.Close();

        Assert.Null(await _queue.Take(Patience.Ct).Soon());
    }

    async Task<ObjectKey> Take() => (await _queue.Take(Patience.Ct).Soon())!.Value;
}
