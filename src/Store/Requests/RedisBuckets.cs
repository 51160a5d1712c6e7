using StackExchange.Redis;

namespace Plimsoll.Store.Requests;

/// <summary>
/// Buckets that all processes share: a hash each, filled and taken from by one script, by Redis's own clock. While Redis is away, each
/// process counts for itself.
/// </summary>
internal sealed class RedisBuckets(IConnectionMultiplexer redis, LocalBuckets local) : IBuckets
{
    // A key lives a little longer than its bucket takes to fill: a bucket that is gone is full. Fractions of tokens are kept, or a
    // bucket that is asked often would never fill.
    const string Script =
        """
        local rate, burst, cost = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
        local time = redis.call('TIME')
        local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
        local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
        local tokens, at = tonumber(kept[1]) or burst, tonumber(kept[2]) or now
        tokens = math.min(burst, tokens + math.max(0, now - at) * rate)
        local allowed = tokens >= cost
        if allowed then tokens = tokens - cost end
        redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', string.format('%.6f', now))
        redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
        return { allowed and 1 or 0, math.floor(tokens), allowed and 0 or math.ceil((cost - tokens) / rate * 1000) }
        """;

    public async ValueTask<Allowance> Take(string bucket, Rate rate, int cost, CancellationToken ct)
    {
        if (!redis.IsConnected)
            return await local.Take(bucket, rate, cost, ct);
        try
        {
            // The client sends the script's hash, and its text when Redis does not know it.
            var answer = (RedisValue[])(await redis.GetDatabase().ScriptEvaluateAsync(Script, [$"plimsoll:bucket:{bucket}"], [rate.PerSecond, rate.Burst, cost]))!;
            return new Allowance((int)answer[0] == 1, (int)answer[1], TimeSpan.FromMilliseconds((long)answer[2]));
        }
        catch (Exception e) when (e is RedisException or TimeoutException)
        {
            return await local.Take(bucket, rate, cost, ct);
        }
    }
}
