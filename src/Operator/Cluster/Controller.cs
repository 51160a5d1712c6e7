using System.Diagnostics.Metrics;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Operator.Cluster;

/// <summary>Takes keys from the queue and has the controller look at what the store has under them, a few side by side.</summary>
internal sealed partial class Controller<T> : IDisposable
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    readonly IEntityController<T> _controller;
    readonly ObjectStore<T> _store;
    readonly ILogger<Controller<T>> _log;
    readonly ControllerMetrics _metrics;
    readonly Lock _lock = new();
    readonly Dictionary<ObjectKey, List<T>> _gone = [];
    volatile bool _runs;

    public Controller(IEntityController<T> controller, ObjectStore<T> store, WorkQueue queue, IMeterFactory meters, ILogger<Controller<T>> log)
    {
        (_controller, _store, Queue, _log) = (controller, store, queue, log);
        _metrics = new ControllerMetrics(meters, typeof(T).Name);
        store.Listen((before, now) =>
        {
            // Who stands by does nothing about what is gone, and whoever leads after it lists what is there.
            if (now is null && _runs)
                Remember(before!);
            if (now is null || Matters(before, now))
                queue.Add(ObjectStore<T>.KeyOf(now ?? before!));
        });
    }

    public WorkQueue Queue { get; }

    /// <summary>Whether a change wants a look: what was before (null: nothing), and what is now.</summary>
    public Func<T?, T, bool> Matters { get; init; } = (_, _) => true;

    /// <summary>Looks at once, each at another object.</summary>
    public int Workers { get; init; } = 4;

    /// <summary>How long one look may take.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(2);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Runs until the queue is closed and what is under way has ended, or until <paramref name="abort"/>, which breaks that off too.</summary>
    public Task Run(CancellationToken abort)
    {
        _runs = true;
        return Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Work(abort)));
    }

    public void Dispose() => _metrics.Dispose();

    async Task Work(CancellationToken abort)
    {
        try
        {
            while (await Queue.Take(abort) is { } key)
            {
                var began = Clock.GetTimestamp();
                try
                {
                    await Look(key, abort);
                }
                finally
                {
                    Queue.Done(key, Clock.GetElapsedTime(began));
                }
            }
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            return;
        }
    }

    async Task Look(ObjectKey key, CancellationToken abort)
    {
        using var time = new CancellationTokenSource(Longest, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time.Token, abort);
        var began = Clock.GetTimestamp();
        try
        {
            var isDone = true;
            while (isDone && FirstGone(key) is { } gone)
                if (isDone = Settle(key, await _controller.DeletedAsync(gone, either.Token)))
                    Forget(key, gone);
            if (isDone && _store.Find(key) is { } there)
                isDone = Settle(key, await _controller.ReconcileAsync(there, either.Token));
            _metrics.Ended(isDone ? "success" : "error", Clock.GetElapsedTime(began));
        }
        // Whatever it was, it was about this object: the others go on, and this one comes again.
        catch (Exception e) when (e is not OperationCanceledException || !abort.IsCancellationRequested)
        {
            // What is gone was changed too.
            var isOutdated = e.IsConflict() || e.IsNotFound();
            _metrics.Ended(isOutdated ? "conflict" : "error", Clock.GetElapsedTime(began));
            if (isOutdated)
                Log.Outdated(_log, key);
            else
                Log.Failed(_log, key, e);
            Queue.AddFailed(key);
        }
    }

    bool Settle(ObjectKey key, ReconciliationResult<T> result)
    {
        if (result.IsSuccess)
            Queue.Succeeded(key);
        else
            Log.Unsuccessful(_log, key, result.ErrorMessage ?? "", result.Error);
        if (result.RequeueAfter is { } after)
            Queue.Add(key, after);
        else if (!result.IsSuccess)
            Queue.AddFailed(key);
        return result.IsSuccess;
    }

    void Remember(T gone)
    {
        lock (_lock)
            (_gone.TryGetValue(ObjectStore<T>.KeyOf(gone), out var known) ? known : _gone[ObjectStore<T>.KeyOf(gone)] = []).Add(gone);
    }

    T? FirstGone(ObjectKey key)
    {
        lock (_lock)
            return _gone.TryGetValue(key, out var known) ? known[0] : null;
    }

    // Only when it was told: what failed is told again.
    void Forget(ObjectKey key, T gone)
    {
        lock (_lock)
            if (_gone.TryGetValue(key, out var known) && known.Remove(gone) && known.Count == 0)
                _gone.Remove(key);
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Key}: the look failed and is repeated")]
        public static partial void Failed(ILogger logger, ObjectKey key, Exception reason);

        [LoggerMessage(LogLevel.Debug, "{Key}: somebody else wrote meanwhile; read and decided again")]
        public static partial void Outdated(ILogger logger, ObjectKey key);

        [LoggerMessage(LogLevel.Warning, "{Key}: {Reason}")]
        public static partial void Unsuccessful(ILogger logger, ObjectKey key, string reason, Exception? cause);
    }
}
