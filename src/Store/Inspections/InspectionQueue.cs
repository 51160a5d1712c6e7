using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Inspections;

/// <summary>
/// The queue of inspections: rows of the database. PostgreSQL hands a row to one of many takers with <c>for update skip locked</c>; SQLite
/// has one writer at a time, so that an update alone does.
/// </summary>
internal sealed class InspectionQueue(IDbContextFactory<PlimsollDb> databases, Settings.Settings settings, TimeProvider clock)
{
    /// <summary>An inspection is taken this often before it has failed.</summary>
    public const int Attempts = 3;

    /// <summary>How long a worker may be silent.</summary>
    public TimeSpan LeaseTime => settings.Lease;

    const string TakeFromSqlite =
        """
        UPDATE inspections SET state = 'Running', lease_owner = {0}, lease_until = {1}, attempts = attempts + 1, started_at = COALESCE(started_at, {2}), content = NULL, awaits = NULL
        WHERE id = (SELECT id FROM inspections WHERE state = 'Queued' AND available_at <= {2} ORDER BY priority DESC, turn, id LIMIT 1)
        RETURNING *
        """;

    static string TakeFromPostgres { get; } = TakeFromSqlite.Replace("LIMIT 1", "LIMIT 1 FOR UPDATE SKIP LOCKED", StringComparison.Ordinal);

    /// <summary>Takes the next inspection; null when none waits.</summary>
    public async Task<Lease?> Take(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (now, owner) = (clock.GetUtcNow(), Guid.NewGuid());
        var until = now + LeaseTime;
        var taken = await db.Inspections.FromSqlRaw(db.Database.IsNpgsql() ? TakeFromPostgres : TakeFromSqlite, owner, until.UtcDateTime, now.UtcDateTime)
            .AsNoTracking().ToListAsync(ct);
        return taken is [var row] ? new Lease(row.Id, owner, row.Attempts, row.Reference, row.Blob, row.Platforms, row.Credentials, row.Submitter) : null;
    }

    /// <summary>
    /// Says what the lease's reference points at. False when another inspection of the same is running: this one waits in the queue until that one
    /// ends, and its attempt does not count. False too when the lease was lost.
    /// </summary>
    public async Task<bool> Claim(Lease lease, string content, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        try
        {
            return await Held(db, lease).ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, content), ct) == 1;
        }
        catch (DbException e) when (e.IsDuplicate())
        {
            await Await(db, lease, content, ct);
            return false;
        }
    }

    async Task Await(PlimsollDb db, Lease lease, string content, CancellationToken ct)
    {
        // Should the other one die, its lease has ended by then.
        var at = clock.GetUtcNow() + LeaseTime;
        await Held(db, lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.AvailableAt, at).SetProperty(row => row.Awaits, content).SetProperty(row => row.Attempts, row => row.Attempts - 1), ct);
        // The other one may have ended just before it could see that somebody waits.
        if (!await db.Inspections.AnyAsync(row => row.Content == content && row.State == InspectionState.Running, ct))
            await Release(db, content, ct);
    }

    /// <summary>Lets those go on that wait for what an inspection was about.</summary>
    public async Task Release(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Inspections.Where(row => row.Id == id && row.State != InspectionState.Running).Select(row => row.Content).SingleOrDefaultAsync(ct) is { } content)
            await Release(db, content, ct);
    }

    async Task Release(PlimsollDb db, string content, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.Inspections.Where(row => row.Awaits == content && row.State == InspectionState.Queued).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.AvailableAt, now).SetProperty(row => row.Awaits, (string?)null), ct);
    }

    /// <summary>Says that the work goes on. False when the lease was lost or the inspection cancelled: the work must stop.</summary>
    public async Task<bool> Heartbeat(Lease lease, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var until = clock.GetUtcNow() + LeaseTime;
        return await Held(db, lease).ExecuteUpdateAsync(set => set.SetProperty(row => row.LeaseUntil, until), ct) == 1;
    }

    /// <summary>Ends the inspection and stores what it found in one transaction. False when the lease was lost: nothing is stored.</summary>
    public async Task<bool> Complete(Lease lease, Func<PlimsollDb, DateTimeOffset, CancellationToken, Task> store, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // First the row: it stays locked until the end, so that nobody else can take it meanwhile.
        if (await End(db, lease, InspectionState.Succeeded, null, null, ct) == 0)
            return false;
        await store(db, clock.GetUtcNow(), ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    /// <summary>An attempt failed. It is tried again later, or has failed for good.</summary>
    public async Task Fail(Lease lease, string error, string? remedy, bool final, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (final || lease.Attempt >= Attempts)
        {
            await End(db, lease, InspectionState.Failed, error, remedy, ct);
            return;
        }
        var again = clock.GetUtcNow() + Backoff(lease.Attempt);
        await Held(db, lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.AvailableAt, again).SetProperty(row => row.Error, error).SetProperty(row => row.Remedy, remedy), ct);
    }

    /// <summary>Gives an inspection back unharmed, as when the process is asked to stop: the attempt does not count.</summary>
    public async Task Return(Lease lease, TimeSpan delay, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var at = clock.GetUtcNow() + delay;
        await Held(db, lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.AvailableAt, at).SetProperty(row => row.Attempts, row => row.Attempts - 1), ct);
    }

    /// <summary>Ends an inspection that has not ended. A worker that runs it learns so at its next heartbeat, and cannot store anything any more.</summary>
    public async Task<bool> Cancel(Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        return await db.Inspections.Where(row => row.Id == id && (row.State == InspectionState.Queued || row.State == InspectionState.Running)).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Cancelled).SetProperty(row => row.FinishedAt, now).SetProperty(row => row.Credentials, (byte[]?)null)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct) == 1;
    }

    /// <summary>Frees the inspections whose worker went silent; those that were taken too often have failed.</summary>
    public async Task<int> Reap(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = clock.GetUtcNow();
        var lost = db.Inspections.Where(row => row.State == InspectionState.Running && row.LeaseUntil < now);
        var failed = await lost.Where(row => row.Attempts >= Attempts).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Failed).SetProperty(row => row.FinishedAt, now).SetProperty(row => row.Credentials, (byte[]?)null)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.Error, $"its worker died {Attempts} times while it ran").SetProperty(row => row.Remedy, "the image may need more memory than a worker has"), ct);
        var freed = await lost.ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, InspectionState.Queued).SetProperty(row => row.AvailableAt, now)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null), ct);
        return failed + freed;
    }

    /// <summary>5 s, 25 s, 125 s …</summary>
    static TimeSpan Backoff(int attempt) => TimeSpan.FromSeconds(Math.Pow(5, Math.Clamp(attempt, 1, 5)));

    async Task<int> End(PlimsollDb db, Lease lease, InspectionState state, string? error, string? remedy, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return await Held(db, lease).ExecuteUpdateAsync(set => set
            .SetProperty(row => row.State, state).SetProperty(row => row.FinishedAt, now).SetProperty(row => row.Credentials, (byte[]?)null)
            .SetProperty(row => row.LeaseOwner, (Guid?)null).SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(row => row.Error, error).SetProperty(row => row.Remedy, remedy), ct);
    }

    static IQueryable<InspectionRow> Held(PlimsollDb db, Lease lease) =>
        db.Inspections.Where(row => row.Id == lease.Id && row.LeaseOwner == lease.Owner && row.State == InspectionState.Running);
}
