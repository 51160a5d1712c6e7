using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Webhooks;

/// <summary>A delivery and the event that it tells of.</summary>
internal sealed record LoggedDelivery(DeliveryRow Row, string Type);

/// <summary>What was sent to a webhook, and what somebody asks to have sent.</summary>
internal sealed class DeliveryLog(IDbContextFactory<PlimsollDb> databases, TimeProvider clock)
{
    /// <summary>The newest first, one more than <paramref name="size"/> when there are more.</summary>
    public async Task<IReadOnlyList<LoggedDelivery>> Before(Guid webhook, Guid? before, DeliveryState? state, int size, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = db.Deliveries.AsNoTracking().Where(row => row.WebhookId == webhook && (before == null || row.Id < before) && (state == null || row.State == state))
            .OrderByDescending(row => row.Id).Take(size + 1);
        return [.. (await Typed(db, rows).ToListAsync(ct)).OrderByDescending(one => one.Row.Id)];
    }

    public async Task<LoggedDelivery?> Find(Guid webhook, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Typed(db, db.Deliveries.AsNoTracking().Where(row => row.WebhookId == webhook && row.Id == id)).SingleOrDefaultAsync(ct);
    }

    /// <summary>Sends the event of a delivery once more, with the same id; the old entry of the log stays as it is. Null when it was deleted meanwhile.</summary>
    public Task<LoggedDelivery?> Again(LoggedDelivery delivery, CancellationToken ct) => Write(delivery.Row.WebhookId, null, delivery.Row.EventId, delivery.Type, ct);

    /// <summary>Sends an event that only this webhook gets. Null when the webhook was deleted meanwhile.</summary>
    public Task<LoggedDelivery?> Ping(Guid webhook, CancellationToken ct)
    {
        var happened = Payloads.Ping(webhook, clock.GetUtcNow());
        return Write(webhook, happened, happened.Id, happened.Type, ct);
    }

    async Task<LoggedDelivery?> Write(Guid webhook, WebhookEventRow? happened, Guid id, string type, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var row = Outbox.NewDelivery(webhook, id, clock.GetUtcNow());
        if (happened is not null)
            db.WebhookEvents.Add(happened);
        db.Deliveries.Add(row);
        try
        {
            await db.SaveChangesAsync(ct);
            return new LoggedDelivery(row, type);
        }
        catch (DbUpdateException e) when (e.IsOrphan())
        {
            return null;
        }
    }

    static IQueryable<LoggedDelivery> Typed(PlimsollDb db, IQueryable<DeliveryRow> rows) =>
        rows.Join(db.WebhookEvents, row => row.EventId, happened => happened.Id, (row, happened) => new LoggedDelivery(row, happened.Type));
}
