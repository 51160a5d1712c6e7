using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Webhooks;

/// <summary>
/// Writes deliveries into the transaction of what they tell of. A process may be killed right after: the row is there, and whoever lives sends it.
/// </summary>
internal static class Outbox
{
    // A webhook that is deleted at this moment waits until the transaction has ended, or the deliveries would have none and the end of the
    // inspection would fail with them.
    const string Held = "SELECT id, events FROM webhooks WHERE enabled FOR KEY SHARE", Open = "SELECT id, events FROM webhooks WHERE enabled";

    /// <summary>Tells that an inspection has ended. To be called in the transaction that ends it, when its images are stored.</summary>
    public static async Task AnnounceEnd(this PlimsollDb db, Guid inspection, InspectionState ended, DateTimeOffset now, CancellationToken ct)
    {
        var type = EventTypes.Of(ended);
        if (await db.ReceiversOf(type, ct) is { Count: > 0 } receivers)
            await db.Deliver(await db.InspectionEnded(inspection, type, now, ct), receivers, now, ct);
    }

    /// <summary>Tells of anything else, in the transaction that writes it.</summary>
    /// <param name="data">What becomes <c>data</c> of the message.</param>
    public static async Task Announce(this PlimsollDb db, string type, object data, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.ReceiversOf(type, ct) is { Count: > 0 } receivers)
            await db.Deliver(Payloads.Event(type, now, data), receivers, now, ct);
    }

    public static DeliveryRow NewDelivery(Guid webhook, Guid happened, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), WebhookId = webhook, EventId = happened, State = DeliveryState.Waiting, AvailableAt = now, CreatedAt = now };

    static async Task<List<Guid>> ReceiversOf(this PlimsollDb db, string type, CancellationToken ct)
    {
        var hooks = await db.Rows(db.Database.IsNpgsql() ? Held : Open, row => (Id: row.GetGuid(0), Events: row.Text(1)), [], ct);
        return [.. hooks.Where(hook => hook.Events is null || hook.Events.Split(',').Contains(type)).Select(hook => hook.Id)];
    }

    static Task<int> Deliver(this PlimsollDb db, WebhookEventRow happened, List<Guid> receivers, DateTimeOffset now, CancellationToken ct)
    {
        db.WebhookEvents.Add(happened);
        db.Deliveries.AddRange(receivers.Select(webhook => NewDelivery(webhook, happened.Id, now)));
        return db.SaveChangesAsync(ct);
    }
}
