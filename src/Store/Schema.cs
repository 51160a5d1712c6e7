using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plimsoll.Store.Jobs;

namespace Plimsoll.Store;

/// <summary>Brings the database to the schema of this program. Any number of processes may try at once: one does it, the others wait.</summary>
internal sealed class Schema(IDbContextFactory<PlimsollDb> databases, Settings.Settings settings)
{
    /// <summary>There may be millions of rows to write anew, or another process may be at it.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    /// <exception cref="NewerSchemaException">The database was migrated by a newer program.</exception>
    public async Task Migrate(CancellationToken ct)
    {
        if (!settings.Database.IsPostgres)
            Directory.CreateDirectory(Path.GetDirectoryName(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(settings.Database.Connection).DataSource)!);
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(Longest);
        await using var turn = await Turn(db, ct);
        await RefuseNewer(db, ct);
        await db.Database.MigrateAsync(ct);
        if (settings.Database.IsPostgres)
        {
            await db.MakeQuartzTables(ct);
            await db.AdvisePlanner(ct);
        }
        else
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", ct);
    }

    /// <summary>Migrations that are still to be applied.</summary>
    public async Task<IReadOnlyList<string>> Pending(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return [.. await db.Database.GetPendingMigrationsAsync(ct)];
    }

    // EF's own lock in PostgreSQL ends with each migration, and between two of them another process may begin with the second as well. In SQLite it holds throughout.
    // The session is closed and not given back to a pool: with it the lock is gone, whatever happened.
    async Task<NpgsqlConnection?> Turn(PlimsollDb db, CancellationToken ct)
    {
        // What is not there yet has no sessions either.
        if (!settings.Database.IsPostgres || !await db.Database.CanConnectAsync(ct))
            return null;
        var turn = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(settings.Database.Connection) { Pooling = false }.ConnectionString);
        try
        {
            await turn.OpenAsync(ct);
            await using var taking = new NpgsqlCommand("SELECT pg_advisory_lock(7126006)", turn) { CommandTimeout = (int)Longest.TotalSeconds };
            await taking.ExecuteNonQueryAsync(ct);
            return turn;
        }
        catch
        {
            await turn.DisposeAsync();
            throw;
        }
    }

    static async Task RefuseNewer(PlimsollDb db, CancellationToken ct)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        if (await db.Database.CanConnectAsync(ct) && (await db.Database.GetAppliedMigrationsAsync(ct)).FirstOrDefault(applied => !known.Contains(applied)) is { } newer)
            throw new NewerSchemaException(newer);
    }
}

/// <summary>The database belongs to a newer program.</summary>
internal sealed class NewerSchemaException(string migration)
    : Exception($"the database has the migration {migration}, which this version does not know: it was used by a newer version; run that one, or restore a backup of before");
