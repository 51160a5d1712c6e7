using System.Diagnostics.Metrics;
using System.Threading.Channels;

namespace Plimsoll.Operator.Cluster;

/// <summary>
/// Which objects want a look. A key that is added while it waits is there once; one that is added while somebody works on it comes again when that work is done, so that
/// nobody works on a key twice at once and no change is missed.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    /// <summary>Timers end somewhere, and a look too many does no harm.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    readonly Lock _lock = new();
    readonly Channel<(ObjectKey Key, long Since)> _ready = Channel.CreateUnbounded<(ObjectKey, long)>();
    readonly HashSet<ObjectKey> _dirty = [];
    readonly HashSet<ObjectKey> _processing = [];
    readonly Dictionary<ObjectKey, int> _failures = [];
    readonly Dictionary<ObjectKey, (long Due, ITimer Timer)> _later = [];
    readonly Backoff _backoff = new(TimeSpan.FromSeconds(0.5), TimeSpan.FromMinutes(5));
    readonly TimeProvider _clock;
    readonly QueueMetrics _metrics;
    bool _closed;

    public WorkQueue(string name, IMeterFactory meters, TimeProvider clock)
    {
        _clock = clock;
        _metrics = new QueueMetrics(meters, name, () => Depth);
    }

    /// <summary>Keys that wait for a worker.</summary>
    public int Depth
    {
        get
        {
            lock (_lock)
                return _dirty.Count - _dirty.Count(_processing.Contains);
        }
    }

    public void Add(ObjectKey key)
    {
        lock (_lock)
        {
            if (_closed)
                return;
            // Also where it waits already: a time that is over, left here, would be earlier than every one that a later look names.
            Forget(key, _later);
            if (!_dirty.Add(key))
                return;
            _metrics.Added();
            if (!_processing.Contains(key))
                _ready.Writer.TryWrite((key, _clock.GetTimestamp()));
        }
    }

    /// <summary>After a while; where it is waited for already, after the shorter of both.</summary>
    public void Add(ObjectKey key, TimeSpan after)
    {
        if (after <= TimeSpan.Zero)
        {
            Add(key);
            return;
        }
        after = after < Longest ? after : Longest;
        lock (_lock)
        {
            var due = _clock.GetTimestamp() + (long)(after.TotalSeconds * _clock.TimestampFrequency);
            if (_closed || _later.TryGetValue(key, out var known) && known.Due <= due)
                return;
            Forget(key, _later);
            _later[key] = (due, _clock.CreateTimer(_ => Add(key), null, after, Timeout.InfiniteTimeSpan));
        }
    }

    /// <summary>After a pause that grows with each failure in a row.</summary>
    public void AddFailed(ObjectKey key)
    {
        TimeSpan pause;
        lock (_lock)
        {
            var failures = _failures.GetValueOrDefault(key);
            _failures[key] = failures + 1;
            pause = _backoff.After(failures);
        }
        _metrics.Retried();
        Add(key, pause);
    }

    /// <summary>The next failure is the first one again.</summary>
    public void Succeeded(ObjectKey key)
    {
        lock (_lock)
            _failures.Remove(key);
    }

    /// <summary>The next key; null when the queue is closed. Who takes one says <see cref="Done"/>.</summary>
    public async ValueTask<ObjectKey?> Take(CancellationToken ct)
    {
        while (await _ready.Reader.WaitToReadAsync(ct))
            if (_ready.Reader.TryRead(out var next))
                lock (_lock)
                {
                    if (_closed)
                        return null;
                    _dirty.Remove(next.Key);
                    _processing.Add(next.Key);
                    _metrics.Waited(_clock.GetElapsedTime(next.Since));
                    return next.Key;
                }
        return null;
    }

    public void Done(ObjectKey key, TimeSpan took)
    {
        _metrics.Worked(took);
        lock (_lock)
        {
            _processing.Remove(key);
            if (_dirty.Contains(key) && !_closed)
                _ready.Writer.TryWrite((key, _clock.GetTimestamp()));
        }
    }

    /// <summary>Nothing more comes in or goes out. What is being worked on ends by itself.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var (_, timer) in _later.Values)
                timer.Dispose();
            _later.Clear();
            _ready.Writer.TryComplete();
        }
    }

    public void Dispose()
    {
        Close();
        _metrics.Dispose();
    }

    static void Forget(ObjectKey key, Dictionary<ObjectKey, (long, ITimer Timer)> later)
    {
        if (later.Remove(key, out var known))
            known.Timer.Dispose();
    }
}
