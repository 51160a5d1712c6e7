using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using StackExchange.Redis;

namespace Plimsoll.Store.Inspections;

/// <summary>
/// Between processes, by Redis channels. Nothing is kept in Redis: it may be flushed or stopped at any time, and then workers find their
/// work by looking.
/// </summary>
internal sealed class RedisNews : INews, IDisposable
{
    static readonly RedisChannel Work = RedisChannel.Literal("plimsoll:work");

    readonly LocalNews _local = new();
    readonly IConnectionMultiplexer _redis;

    public RedisNews(IConnectionMultiplexer redis)
    {
        _redis = redis;
        // The client subscribes again by itself whenever the connection comes back.
        _redis.GetSubscriber().Subscribe(Work, (_, _) => _local.Wake(), CommandFlags.FireAndForget);
    }

    public void Dispose() => _local.Dispose();

    public bool Reaches => _redis.IsConnected;

    public void Wake()
    {
        _local.Wake();
        _redis.GetSubscriber().Publish(Work, RedisValue.EmptyString, CommandFlags.FireAndForget);
    }

    public Task WaitForWork(TimeSpan longest, CancellationToken ct) => _local.WaitForWork(longest, ct);

    public void Publish(Guid inspection, LayerStep step) => _redis.GetSubscriber().Publish(
        ChannelOf(inspection), string.Create(CultureInfo.InvariantCulture, $"{step.Layer} {step.Read} {step.Total}"), CommandFlags.FireAndForget);

    public async IAsyncEnumerable<LayerStep> Steps(Guid inspection, [EnumeratorCancellation] CancellationToken ct)
    {
        var steps = Channel.CreateBounded<LayerStep>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        void Hear(RedisChannel _, RedisValue message)
        {
            if (Parse(message.ToString()) is { } step)
                steps.Writer.TryWrite(step);
        }
        await _redis.GetSubscriber().SubscribeAsync(ChannelOf(inspection), Hear);
        try
        {
            await foreach (var step in steps.Reader.ReadAllAsync(ct))
                yield return step;
        }
        finally
        {
            await _redis.GetSubscriber().UnsubscribeAsync(ChannelOf(inspection), Hear);
        }
    }

    static RedisChannel ChannelOf(Guid inspection) => RedisChannel.Literal($"plimsoll:progress:{inspection:N}");

    static LayerStep? Parse(string message) => message.Split(' ') is [var layer, var read, var total] && long.TryParse(read, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
        ? new LayerStep(layer, bytes, long.TryParse(total, NumberStyles.None, CultureInfo.InvariantCulture, out var all) ? all : null) : null;
}
