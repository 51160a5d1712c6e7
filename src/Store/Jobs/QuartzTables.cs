using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Jobs;

/// <summary>The tables in which Quartz keeps the schedules of a cluster. They are no part of the model: nothing of ours reads them.</summary>
internal static class QuartzTables
{
    public const string Prefix = "qrtz_";

    /// <summary>Makes those that are missing. Of several processes that try at once one does it, the others wait.</summary>
    public static async Task MakeQuartzTables(this PlimsollDb db, CancellationToken ct)
    {
        using var script = new StreamReader(typeof(QuartzTables).Assembly.GetManifestResourceStream("quartz-tables.sql")!);
        var tables = await script.ReadToEndAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // IF NOT EXISTS alone fails when two create one table at the same moment.
        await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock(7126004)", ct);
        await db.Database.ExecuteSqlRawAsync(tables, ct);
        await transaction.CommitAsync(ct);
    }
}
