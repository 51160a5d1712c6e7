using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Observation;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Store.Inspections;

/// <summary>
/// The queue of inspections: rows of the database. PostgreSQL hands a row to one of many takers with <c>for update skip locked</c>; SQLite
/// has one writer at a time, so that an update alone does.
/// </summary>
internal sealed class InspectionQueue(IDbContextFactory<PlimsollDb> databases, Settings.Settings settings, ServiceMeter meter, TimeProvider clock)
{
    /// <summary>An inspection is taken this often before it has failed.</summary>
    public const int Attempts = 3;

    /// <summary>How long a worker may be silent.</summary>
    public TimeSpan LeaseTime => settings.Lease;

    const string TakeFromSqlite =
        """
        UPDATE inspections SET state = 'Running', lease_owner = $1, lease_until = $2, attempts = attempts + 1, started_at = COALESCE(started_at, $3), content = NULL, awaits = NULL
        WHERE id = (SELECT id FROM inspections WHERE state = 'Queued' AND available_at <= $3 ORDER BY priority DESC, turn, id LIMIT 1)
        RETURNING id, attempts, reference, blob, platforms, credentials, submitter, trace
        """;

    internal static string TakeFromPostgres { get; } = TakeFromSqlite.Replace("LIMIT 1", "LIMIT 1 FOR UPDATE SKIP LOCKED", StringComparison.Ordinal);

    internal const string EndHeld =
        """
        UPDATE inspections SET state = $1, finished_at = $2, credentials = NULL, lease_owner = NULL, lease_until = NULL, error = $3, remedy = $4
        WHERE id = $5 AND lease_owner = $6
        RETURNING (SELECT count(*) FROM webhooks WHERE enabled)
        """;

    /// <summary>Takes the next inspection; null when none waits.</summary>
    public async Task<Lease?> Take(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (now, owner) = (clock.GetUtcNow(), Guid.NewGuid());
        var until = now + LeaseTime;
        var taken = await db.Rows(db.Database.IsNpgsql() ? TakeFromPostgres : TakeFromSqlite, row => new Lease(
            row.GetGuid(0), owner, row.GetInt32(1), row.Text(2), row.Text(3), row.Text(4), row.IsDBNull(5) ? null : row.GetFieldValue<byte[]>(5), row.GetString(6), row.Text(7)),
            [owner, until.UtcDateTime, now.UtcDateTime], ct);
        return taken is [var lease] ? lease : null;
    }

    /// <summary>Says that the work goes on. False when the lease was lost or the inspection cancelled: the work must stop.</summary>
    public async Task<bool> Heartbeat(Lease lease, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow() + LeaseTime;
        return await db.HeldBy(lease).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), ct) == 1;
    }

    /// <summary>Ends the inspection and stores what it found in one transaction. False when the lease was lost: nothing is stored.</summary>
    public async Task<bool> Complete(Lease lease, Func<PlimsollDb, DateTimeOffset, CancellationToken, Task> store, CancellationToken ct)
    {
        using var span = InspectionTrace.Step("store");
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // First the row: it stays locked until the end, so that nobody else can take it meanwhile.
        if (await End(db, lease, InspectionState.Succeeded, null, null, ct) is not [var receivers])
            return false;
        await store(db, clock.GetUtcNow(), ct);
        if (receivers > 0)
            await db.AnnounceEnd(lease.Id, InspectionState.Succeeded, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        meter.Ended(InspectionState.Succeeded);
        return true;
    }

    /// <summary>An attempt failed. It is tried again later, or has failed for good.</summary>
    public async Task Fail(Lease lease, string error, string? remedy, bool final, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (final || lease.Attempt >= Attempts)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(ct);
            var failed = await End(db, lease, InspectionState.Failed, error, remedy, ct);
            if (failed is [> 0])
                await db.AnnounceEnd(lease.Id, InspectionState.Failed, clock.GetUtcNow(), ct);
            await transaction.CommitAsync(ct);
            meter.Ended(InspectionState.Failed, failed.Count);
            return;
        }
        var again = clock.GetUtcNow() + Backoff(lease.Attempt);
        await db.HeldBy(lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.AvailableAt, again).SetProperty(row => row.Error, error).SetProperty(row => row.Remedy, remedy), ct);
    }

    /// <summary>Gives an inspection back unharmed, as when the process is asked to stop: the attempt does not count.</summary>
    public async Task Return(Lease lease, TimeSpan delay, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var at = clock.GetUtcNow() + delay;
        await db.HeldBy(lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.AvailableAt, at).SetProperty(row => row.Attempts, row => row.Attempts - 1), ct);
    }

    /// <summary>Ends an inspection that has not ended. A worker that runs it learns so at its next heartbeat, and cannot store anything any more.</summary>
    public async Task<bool> Cancel(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var cancelled = await db.Inspections.Where(row => row.Id == id && (row.State == InspectionState.Queued || row.State == InspectionState.Running)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Cancelled).SetProperty(row => row.FinishedAt, now).SetProperty(row => row.Credentials, (byte[]?)null)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct);
        if (cancelled == 1)
            await db.AnnounceEnd(id, InspectionState.Cancelled, now, ct);
        await transaction.CommitAsync(ct);
        meter.Ended(InspectionState.Cancelled, cancelled);
        return cancelled == 1;
    }

    /// <summary>Frees the inspections whose worker went silent; those that were taken too often have failed.</summary>
    public async Task<int> Reap(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var lost = db.Inspections.Where(row => row.State == InspectionState.Running && row.LeaseUntil < now);
        var failed = 0;
        foreach (var id in await lost.Where(row => row.Attempts >= Attempts).Select(row => row.Id).ToListAsync(ct))
            failed += await Bury(db, lost.Where(row => row.Id == id && row.Attempts >= Attempts), id, now, ct);
        var freed = await lost.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.AvailableAt, now)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct);
        meter.Ended(InspectionState.Failed, failed);
        return failed + freed;
    }

    static async Task<int> Bury(PlimsollDb db, IQueryable<InspectionRow> lost, Guid id, DateTimeOffset now, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var failed = await lost.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Failed).SetProperty(row => row.FinishedAt, now).SetProperty(row => row.Credentials, (byte[]?)null)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.Error, $"its worker died {Attempts} times while it ran").SetProperty(row => row.Remedy, "the image may need more memory than a worker has"), ct);
        if (failed == 1)
            await db.AnnounceEnd(id, InspectionState.Failed, now, ct);
        await transaction.CommitAsync(ct);
        return failed;
    }

    /// <summary>5 s, 25 s, 125 s …</summary>
    static TimeSpan Backoff(int attempt) => TimeSpan.FromSeconds(Math.Pow(5, Math.Clamp(attempt, 1, 5)));

    // How many webhooks there are to tell, or nothing when the lease was lost.
    Task<List<long>> End(PlimsollDb db, Lease lease, InspectionState state, string? error, string? remedy, CancellationToken ct) =>
        db.Rows(EndHeld, row => row.GetInt64(0), [state.ToString(), clock.GetUtcNow().UtcDateTime, error, remedy, lease.Id, lease.Owner], ct);
}
