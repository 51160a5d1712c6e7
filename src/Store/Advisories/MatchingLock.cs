using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Advisories;

/// <summary>One process at a time changes advisories or vulnerabilities, so that neither changes under the other. Whoever dies loses it with its connection.</summary>
internal sealed class MatchingLock(IDbContextFactory<PlimsollDb> databases) : IDisposable
{
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
        try
        {
            if (!db.Database.IsNpgsql())
                return new Turn(this, db);
            db.Database.SetCommandTimeout(TimeSpan.FromHours(1));
            // The lock is the connection's: it stays open.
            await db.Database.OpenConnectionAsync(ct);
            if ((await db.Rows(statement, row => row.GetInt32(0), [], ct)).Count > 0)
                return new Turn(this, db);
        }
        catch
        {
            await End(db);
            throw;
        }
        await End(db);
        return null;
    }

    async Task End(PlimsollDb db)
    {
        await db.DisposeAsync();
        _here.Release();
    }

    sealed class Turn(MatchingLock of, PlimsollDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                if (db.Database.IsNpgsql())
                    await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_unlock_all()");
            }
            finally
            {
                await of.End(db);
            }
        }
    }
}
