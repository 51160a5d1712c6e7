using System.Threading.Channels;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class ControllerTests : IAsyncDisposable
{
    readonly WatchedClock _clock = new();
    readonly ObjectStore<V1Deployment> _store = new();
    readonly Looks _looks = new();
    readonly CancellationTokenSource _abort = new();
    readonly WorkQueue _queue;
    readonly Controller<V1Deployment> _controller;
    readonly Task _run;

    public ControllerTests()
    {
        _queue = Sample.Queue(_clock);
        _controller = new Controller<V1Deployment>(_looks, _store, _queue, Sample.Meters(), NullLogger<Controller<V1Deployment>>.Instance) { Workers = 2, Longest = TimeSpan.FromSeconds(100), Clock = _clock };
        _run = _controller.Run(_abort.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _abort.CancelAsync();
        await _run.Soon();
        _controller.Dispose();
        _queue.Dispose();
        _abort.Dispose();
    }

    [Fact]
    public async Task What_comes_into_the_store_is_looked_at()
    {
        Put("one", "1");

        Assert.Equal("look one/1", await _looks.Next());
    }

    [Fact]
    public async Task A_look_that_throws_is_repeated_after_growing_pauses_and_stops_nobody()
    {
        _looks.OnLook = (one, _) => one.Metadata.Name == "bad" ? throw new InvalidOperationException("a mistake") : Success(one);
        Put("bad", "1");

        Assert.Equal("look bad/1", await _looks.Next());
        await _clock.Pass(0.25, 0.5);
        Assert.Equal("look bad/1", await _looks.Next());
        await _clock.Pass(0.5, 1);
        Assert.Equal("look bad/1", await _looks.Next());
        await _clock.Timer(1, 2);
        Put("good", "1");
        Assert.Equal("look good/1", await _looks.Next());
    }

    [Fact]
    public async Task A_look_that_says_that_it_failed_is_repeated_too()
    {
        _looks.OnLook = (one, _) => Task.FromResult(ReconciliationResult<V1Deployment>.Failure(one, "not yet"));
        Put("one", "1");

        Assert.Equal("look one/1", await _looks.Next());
        await _clock.Pass(0.25, 0.5);
        Assert.Equal("look one/1", await _looks.Next());
    }

    [Fact]
    public async Task A_look_names_the_time_of_the_next_one()
    {
        _looks.OnLook = (one, _) => Task.FromResult(ReconciliationResult<V1Deployment>.Success(one, TimeSpan.FromSeconds(42)));
        Put("one", "1");

        Assert.Equal("look one/1", await _looks.Next());
        await _clock.Pass(42, 42);
        Assert.Equal("look one/1", await _looks.Next());
    }

    [Fact]
    public async Task A_look_that_takes_too_long_is_broken_off_and_repeated()
    {
        _looks.OnLook = async (one, ct) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ct);
            return await Success(one);
        };
        Put("one", "1");
        Assert.Equal("look one/1", await _looks.Next());

        _clock.Advance(TimeSpan.FromSeconds(100));

        await _clock.Pass(0.25, 0.5);
        Assert.Equal("look one/1", await _looks.Next());
    }

    [Fact]
    public async Task A_deletion_is_told_once_and_again_only_when_that_failed()
    {
        _looks.OnGone = (_, _) => throw new IOException("away");
        Put("one", "1");
        await _looks.Next();
        _store.Remove(_store.Find(Sample.Key("one"))!);

        Assert.Equal("gone one/1", await _looks.Next());
        _looks.OnGone = (one, _) => Success(one);
        await _clock.Pass(0.25, 0.5);
        Assert.Equal("gone one/1", await _looks.Next());
        _queue.Add(Sample.Key("one"));
        Put("two", "1");
        Assert.Equal("look two/1", await _looks.Next());
    }

    [Fact]
    public async Task What_was_made_anew_is_looked_at_after_its_deletion()
    {
        Put("one", "1", "a");
        await _looks.Next();
        var busy = new TaskCompletionSource();
        _looks.OnLook = async (one, _) =>
        {
            await busy.Task;
            return await Success(one);
        };
        Put("one", "2", "a");
        Assert.Equal("look one/2", await _looks.Next());
        Put("one", "3", "b");
        Put("one", "4", "c");
        busy.SetResult();

        Assert.Equal(["gone one/2", "gone one/3", "look one/4"], [await _looks.Next(), await _looks.Next(), await _looks.Next()]);
    }

    [Fact]
    public async Task The_end_waits_for_what_is_under_way()
    {
        var busy = new TaskCompletionSource();
        _looks.OnLook = async (one, _) =>
        {
            await busy.Task;
            return await Success(one);
        };
        Put("one", "1");
        await _looks.Next();

        _queue.Close();
        Assert.False(_run.IsCompleted);
        busy.SetResult();

        await _run.Soon();
    }

    static Task<ReconciliationResult<V1Deployment>> Success(V1Deployment one) => Task.FromResult(ReconciliationResult<V1Deployment>.Success(one));

    void Put(string name, string version, string uid = "a") => _store.Put(Sample.Read(Sample.Deployment(name, version, uid)));

    /// <summary>Tells what it is asked to look at, and does what a test wants.</summary>
    sealed class Looks : IEntityController<V1Deployment>
    {
        readonly Channel<string> _told = Channel.CreateUnbounded<string>();

        public Func<V1Deployment, CancellationToken, Task<ReconciliationResult<V1Deployment>>> OnLook { get; set; } = (one, _) => Success(one);

        public Func<V1Deployment, CancellationToken, Task<ReconciliationResult<V1Deployment>>> OnGone { get; set; } = (one, _) => Success(one);

        public Task<string> Next() => _told.Reader.ReadAsync(Patience.Ct).Soon();

        public Task<ReconciliationResult<V1Deployment>> ReconcileAsync(V1Deployment entity, CancellationToken cancellationToken) => Tell("look", entity, OnLook, cancellationToken);

        public Task<ReconciliationResult<V1Deployment>> DeletedAsync(V1Deployment entity, CancellationToken cancellationToken) => Tell("gone", entity, OnGone, cancellationToken);

        Task<ReconciliationResult<V1Deployment>> Tell(string what, V1Deployment one, Func<V1Deployment, CancellationToken, Task<ReconciliationResult<V1Deployment>>> then, CancellationToken ct)
        {
            _told.Writer.TryWrite($"{what} {one.Metadata.Name}/{one.Metadata.ResourceVersion}");
            return then(one, ct);
        }
    }
}
