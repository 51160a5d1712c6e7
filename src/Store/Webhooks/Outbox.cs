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
        var hooks = await db.Rows(db.Database.IsNpgsql() ? Held : Open, row => (Id: row.GetGuid(0), Events: row.Text(1)), [], ct);
        var receivers = hooks.Where(hook => hook.Events is null || hook.Events.Split(',').Contains(type)).Select(hook => hook.Id).ToList();
        if (receivers.Count == 0)
            return;
        var happened = await db.InspectionEnded(inspection, type, now, ct);
        db.WebhookEvents.Add(happened);
        db.Deliveries.AddRange(receivers.Select(webhook => NewDelivery(webhook, happened.Id, now)));
        await db.SaveChangesAsync(ct);
    }

    public static DeliveryRow NewDelivery(Guid webhook, Guid happened, DateTimeOffset now) =>
        new() { Id = Guid.CreateVersion7(now), WebhookId = webhook, EventId = happened, State = DeliveryState.Waiting, AvailableAt = now, CreatedAt = now };
}
