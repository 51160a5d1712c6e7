using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store;

/// <summary>
/// PostgreSQL guesses from a sample how many rows are in a state. A sample of a moment when the queue was empty says none, and then to read all that
/// wait and sort them seems as good as to read the first. Without a sample it supposes that each state has its share, which is right enough at any time.
/// </summary>
internal static class PlannerAdvice
{
    const string NoSample =
        """
        DO $$
        BEGIN
          IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'inspections'::regclass AND attname = 'state' AND attstattarget IS DISTINCT FROM 0) THEN
            ALTER TABLE inspections ALTER COLUMN state SET STATISTICS 0;
          END IF;
        END $$
        """;

    public static Task AdvisePlanner(this PlimsollDb db, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(NoSample, ct);
}
