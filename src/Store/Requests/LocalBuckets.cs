using System.Collections.Concurrent;

namespace Plimsoll.Store.Requests;

/// <summary>Buckets of this process alone. There are only so many: those that have filled up again are forgotten.</summary>
internal sealed class LocalBuckets(TimeProvider clock) : IBuckets
{
    /// <summary>With more, full ones are looked for; when all are in use, callers share one, so that many addresses cannot fill the memory.</summary>
    public const int Most = 50_000;

    readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    long _swept;

    public ValueTask<Allowance> Take(string bucket, Rate rate, int cost, CancellationToken ct)
    {
        var now = clock.GetTimestamp();
        if (_buckets.Count >= Most && !_buckets.ContainsKey(bucket))
        {
            Sweep(now);
            bucket = _buckets.Count >= Most ? "all others" : bucket;
        }
        var held = _buckets.GetOrAdd(bucket, static (_, start) => new Bucket(start.rate.Burst, start.now, start.rate), (rate, now));
        lock (held)
        {
            held.Tokens = Math.Min(rate.Burst, held.Tokens + clock.GetElapsedTime(held.At, now).TotalSeconds * rate.PerSecond);
            (held.At, held.Rate) = (now, rate);
            if (held.Tokens < cost)
                return new(new Allowance(false, (int)held.Tokens, TimeSpan.FromSeconds((cost - held.Tokens) / rate.PerSecond)));
            held.Tokens -= cost;
            return new(new Allowance(true, (int)held.Tokens, TimeSpan.Zero));
        }
    }

    // Once a second at most: whoever comes with a new address must not make all others wait.
    void Sweep(long now)
    {
        var last = Volatile.Read(ref _swept);
        if (last != 0 && clock.GetElapsedTime(last, now) < TimeSpan.FromSeconds(1) || Interlocked.CompareExchange(ref _swept, now, last) != last)
            return;
        foreach (var (name, bucket) in _buckets)
            lock (bucket)
                if (bucket.Tokens + clock.GetElapsedTime(bucket.At, now).TotalSeconds * bucket.Rate.PerSecond >= bucket.Rate.Burst)
                    _buckets.TryRemove(name, out _);
    }

    sealed class Bucket(double tokens, long at, Rate rate)
    {
        public double Tokens = tokens;
        public long At = at;
        public Rate Rate = rate;
    }
}
