using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Webhooks;

/// <summary>
/// The queue of deliveries: rows of the database, taken like inspections. Each webhook has few on their way at once, so that one that does
/// not answer holds up nobody else's.
/// </summary>
internal sealed class DeliveryQueue(IDbContextFactory<PlimsollDb> databases, Settings.Settings settings, TimeProvider clock)
{
    /// <summary>A delivery is tried this often before it is dead: over about eleven hours.</summary>
    public const int Attempts = 10;

    /// <summary>An attempt that took longer than its time-out and this was cut off.</summary>
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    // The state is asked for outside the inner query too: PostgreSQL looks at the newest version of the row it locks, and only there.
    const string TakeFromSqlite =
        """
        UPDATE webhook_deliveries SET state = 'Sending', lease_owner = {0}, lease_until = {1}, attempts = attempts + 1, attempted_at = {2}
        WHERE id = (SELECT due.id FROM webhooks hook JOIN webhook_deliveries due ON due.id =
                (SELECT one.id FROM webhook_deliveries one WHERE one.webhook_id = hook.id AND one.state = 'Waiting' AND one.available_at <= {2} ORDER BY one.available_at LIMIT 1)
            WHERE hook.enabled AND due.state = 'Waiting'
                AND (SELECT COUNT(*) FROM webhook_deliveries busy WHERE busy.webhook_id = hook.id AND busy.state = 'Sending') < {3}
            ORDER BY due.available_at LIMIT 1)
        RETURNING *
        """;

    /// <summary>Deliveries to one webhook at once.</summary>
    const int AtOnce = 4;

    static string TakeFromPostgres { get; } = TakeFromSqlite.Replace("ORDER BY due.available_at LIMIT 1", "ORDER BY due.available_at LIMIT 1 FOR UPDATE OF due SKIP LOCKED", StringComparison.Ordinal);

    /// <summary>Takes the next delivery; null when none is due.</summary>
    public async Task<Delivery?> Take(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (now, owner) = (clock.GetUtcNow(), Guid.NewGuid());
        // Most looks find nothing, and SQLite would lock the whole database for each of them.
        if (!await db.Deliveries.AnyAsync(row => row.State == DeliveryState.Waiting && row.AvailableAt <= now, ct))
            return null;
        var until = now + settings.WebhookTimeout + Grace;
        var taken = await db.Deliveries.FromSqlRaw(db.Database.IsNpgsql() ? TakeFromPostgres : TakeFromSqlite, owner, until.UtcDateTime, now.UtcDateTime, AtOnce).AsNoTracking().ToListAsync(ct);
        if (taken is not [var row])
            return null;
        var hook = await db.Webhooks.AsNoTracking().SingleOrDefaultAsync(one => one.Id == row.WebhookId, ct);
        var payload = await db.WebhookEvents.Where(one => one.Id == row.EventId).Select(one => one.Payload).SingleOrDefaultAsync(ct);
        return hook is null || payload is null ? null : new Delivery(row.Id, owner, row.Attempts, row.EventId, hook.Url, SecretsOf(hook, now), payload);
    }

    /// <summary>Writes down how an attempt ended. Nothing happens when the lease was lost meanwhile: the attempt of another counts.</summary>
    public async Task<DeliveryState> End(Delivery delivery, Answer answer, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var state = answer.Error is null ? DeliveryState.Delivered : delivery.Attempt >= Attempts ? DeliveryState.Dead : DeliveryState.Waiting;
        var (again, ended) = (state == DeliveryState.Waiting ? now + WaitAfter(delivery, answer) : now, state == DeliveryState.Waiting ? (DateTimeOffset?)null : now);
        await Held(db, delivery).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, state).SetProperty(row => row.AvailableAt, again).SetProperty(row => row.EndedAt, ended)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.Status, answer.Status).SetProperty(row => row.Duration, (int)answer.Took.TotalMilliseconds)
            .SetProperty(row => row.Answer, answer.Text).SetProperty(row => row.Error, answer.Error), ct);
        return state;
    }

    /// <summary>Gives a delivery back, as when the process is asked to stop: the attempt does not count.</summary>
    public async Task Return(Delivery delivery, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await Held(db, delivery).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, DeliveryState.Waiting).SetProperty(row => row.Attempts, row => row.Attempts - 1)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct);
    }

    /// <summary>Frees the deliveries whose process went silent while it sent them. The receiver may have got them: it will see the same id again.</summary>
    public async Task<int> Reap(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var lost = db.Deliveries.Where(row => row.State == DeliveryState.Sending && row.LeaseUntil < now);
        const string Reason = "the process that sent it died, or could not say how it went";
        var dead = await lost.Where(row => row.Attempts >= Attempts).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, DeliveryState.Dead).SetProperty(row => row.EndedAt, now).SetProperty(row => row.Error, Reason)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct);
        var freed = await lost.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, DeliveryState.Waiting).SetProperty(row => row.AvailableAt, now).SetProperty(row => row.Error, Reason)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct);
        return dead + freed;
    }

    static TimeSpan WaitAfter(Delivery delivery, Answer answer)
    {
        var (own, asked) = (DeliveryBackoff.After(delivery.Attempt, delivery.Owner), answer.Wait ?? TimeSpan.Zero);
        return own > asked ? own : asked;
    }

    static List<byte[]> SecretsOf(WebhookRow hook, DateTimeOffset now) => hook.PreviousSecret is { } previous && hook.PreviousUntil > now ? [hook.Secret, previous] : [hook.Secret];

    static IQueryable<DeliveryRow> Held(PlimsollDb db, Delivery delivery) =>
        db.Deliveries.Where(row => row.Id == delivery.Id && row.LeaseOwner == delivery.Owner);
}
