using System.Data;
using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Advisories;

/// <summary>One process at a time changes advisories or vulnerabilities, so that neither changes under the other. Whoever dies loses it with its connection.</summary>
internal sealed class MatchingLock(IDbContextFactory<PlimsollDb> databases) : IDisposable
{
    /// <summary>An import may have to wait for another.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    readonly SemaphoreSlim _here = new(1, 1);

    /// <summary>Waits for its turn.</summary>
    public async Task<IAsyncDisposable> Take(CancellationToken ct)
    {
        await _here.WaitAsync(ct);
        return (await Shared("SELECT 1 FROM (SELECT pg_advisory_lock(7126005)) AS taken", ct))!;
    }

    /// <summary>Null when another has it.</summary>
    public async Task<IAsyncDisposable?> TryTake(CancellationToken ct) =>
        await _here.WaitAsync(TimeSpan.Zero, ct) ? await Shared("SELECT 1 WHERE pg_try_advisory_lock(7126005)", ct) : null;

    public void Dispose() => _here.Dispose();

    async Task<IAsyncDisposable?> Shared(string statement, CancellationToken ct)
    {
        var db = await databases.CreateDbContextAsync(ct);
        var isTaken = false;
        try
        {
            if (db.Database.IsNpgsql())
            {
                db.Database.SetCommandTimeout(Longest);
                // The lock is the connection's: it stays open.
                await db.Database.OpenConnectionAsync(ct);
                isTaken = (await db.Rows(statement, row => row.GetInt32(0), [], ct)).Count > 0;
            }
            else
                isTaken = true;
            return isTaken ? new Turn(this, db) : null;
        }
        finally
        {
            if (!isTaken)
                await End(db);
        }
    }

    // The connection goes back to others, and may have got the lock just when it was not waited for any more.
    async Task End(PlimsollDb db)
    {
        try
        {
            if (db.Database.IsNpgsql() && db.Database.GetDbConnection().State == ConnectionState.Open)
            {
                db.Database.SetCommandTimeout(TimeSpan.FromSeconds(10));
                await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock_all()");
            }
        }
        catch (Exception e) when (e.IsForLater())
        {
            // A connection that broke has no lock any more.
        }
        finally
        {
            await db.DisposeAsync();
            _here.Release();
        }
    }

    sealed class Turn(MatchingLock of, PlimsollDb db) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(of.End(db));
    }
}
