using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Api.Inspections;

/// <summary>
/// The events of an inspection until it ends: <c>state</c> whenever its state changes, the present one first, and <c>layer</c> while a layer is
/// read. The state is read from the database, so that lost news delays it and hides nothing.
/// </summary>
internal sealed class InspectionEvents(IDbContextFactory<PlimsollDb> databases, INews news, TimeProvider clock)
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    public async IAsyncEnumerable<SseItem<EventBody>> Of(Guid id, [EnumeratorCancellation] CancellationToken ct)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var events = Channel.CreateBounded<SseItem<EventBody>>(new BoundedChannelOptions(256) { FullMode = BoundedChannelFullMode.DropOldest });
        var layers = Layers(id, events.Writer, ended.Token);
        var states = States(id, events.Writer, ended.Token);
        try
        {
            await foreach (var item in events.Reader.ReadAllAsync(ct))
                yield return item;
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(layers, states).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task Layers(Guid id, ChannelWriter<SseItem<EventBody>> events, CancellationToken ct)
    {
        await foreach (var step in news.Steps(id, ct))
            await events.WriteAsync(new SseItem<EventBody>(new EventBody(null, new LayerStepBody(step.Layer, step.Read, step.Total)), "layer"), ct);
    }

    async Task States(Guid id, ChannelWriter<SseItem<EventBody>> events, CancellationToken ct)
    {
        try
        {
            string? told = null;
            using var timer = new PeriodicTimer(Look, clock);
            do
            {
                await using var db = await databases.CreateDbContextAsync(ct);
                if (await db.BodyOf(id, ct) is not { } body)
                    break;
                if (body.State != told)
                    await events.WriteAsync(new SseItem<EventBody>(new EventBody(body, null), "state"), ct);
                told = body.State;
            }
            while (told is "queued" or "running" && await timer.WaitForNextTickAsync(ct));
            events.TryComplete();
        }
        catch (Exception e)
        {
            events.TryComplete(e);
        }
    }
}
