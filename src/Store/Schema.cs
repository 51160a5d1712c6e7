using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Jobs;

namespace Plimsoll.Store;

/// <summary>Brings the database to the schema of this program. Any number of processes may try at once: one does it, the others wait.</summary>
internal sealed class Schema(IDbContextFactory<PlimsollDb> databases, Settings.Settings settings)
{
    /// <exception cref="NewerSchemaException">The database was migrated by a newer program.</exception>
    public async Task Migrate(CancellationToken ct)
    {
        if (!settings.Database.IsPostgres)
            Directory.CreateDirectory(Path.GetDirectoryName(new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(settings.Database.Connection).DataSource)!);
        await using var db = await databases.CreateDbContextAsync(ct);
        await RefuseNewer(db, ct);
        // EF takes a lock in either database for as long as it migrates.
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
