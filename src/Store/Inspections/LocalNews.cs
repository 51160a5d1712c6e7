using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Plimsoll.Store.Inspections;

/// <summary>Within one process.</summary>
internal sealed class LocalNews : INews, IDisposable
{
    readonly ConcurrentDictionary<Guid, Channel<LayerStep>[]> _listeners = [];
    readonly SemaphoreSlim _work = new(0, 1);

    public bool Reaches => true;

    public void Dispose() => _work.Dispose();

    public void Wake()
    {
        // One release wakes one waiter, who takes until nothing is left; a second one is not needed while the first is pending.
        try
        {
            _work.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody is about to look already.
        }
    }

    public Task WaitForWork(TimeSpan longest, CancellationToken ct) => _work.WaitAsync(longest, ct);

    public void Publish(Guid inspection, LayerStep step)
    {
        foreach (var listener in _listeners.GetValueOrDefault(inspection, []))
            listener.Writer.TryWrite(step);
    }

    public async IAsyncEnumerable<LayerStep> Steps(Guid inspection, [EnumeratorCancellation] CancellationToken ct)
    {
        var channel = Channel.CreateBounded<LayerStep>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        _listeners.AddOrUpdate(inspection, [channel], (_, others) => [.. others, channel]);
        try
        {
            await foreach (var step in channel.Reader.ReadAllAsync(ct))
                yield return step;
        }
        finally
        {
            _listeners.AddOrUpdate(inspection, [], (_, all) => [.. all.Where(one => one != channel)]);
            _listeners.TryRemove(new KeyValuePair<Guid, Channel<LayerStep>[]>(inspection, []));
        }
    }
}
