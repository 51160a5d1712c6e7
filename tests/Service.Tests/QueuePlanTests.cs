using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Service.Tests;

public sealed class QueuePlanTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    // PostgreSQL's sample is taken while nothing waits and nothing runs: the worst time, and the likeliest.
    const string MuchHistory =
        """
        INSERT INTO inspections (id, state, priority, turn, submitter, reference, subject, found, attempts, available_at, submitted_at, finished_at)
        SELECT gen_random_uuid(), 'Succeeded', 0, 0, 'team', 'old/' || i, 'old/' || i, 1, 1, now(), now(), now() FROM generate_series(1, 20000) i;
        ANALYZE inspections;
        INSERT INTO inspections (id, state, priority, turn, submitter, reference, subject, found, attempts, available_at, submitted_at, lease_owner, lease_until)
        SELECT gen_random_uuid(), CASE WHEN i % 10 = 0 THEN 'Running' ELSE 'Queued' END, 0, i, 'team-' || i % 50, 'new/' || i, 'new/' || i, 0, 0, now(), now(), gen_random_uuid(), now() FROM generate_series(1, 5000) i;
        """;

    [Fact]
    public async Task However_much_has_ended_the_next_inspection_is_the_first_of_the_queue_and_one_that_ends_is_found_by_its_id()
    {
        await using var service = await Samples.Service.Start(Mode.Scaled, postgres, redis, ("WORKERS", "0"));
        await using var db = await service.Database();
        await using var source = NpgsqlDataSource.Create(db.Database.GetConnectionString()!);
        await using (var history = source.CreateCommand(MuchHistory))
            await history.ExecuteNonQueryAsync(Ct);
        var (now, any) = (TimeProvider.System.GetUtcNow().UtcDateTime, Guid.NewGuid());
        Assert.Contains("Index Scan using ix_inspections_queue", await Plan(source, InspectionQueue.TakeFromPostgres, any, now, now));
        var end = await Plan(source, InspectionQueue.EndHeld, "Succeeded", now, "", "", any, any);
        Assert.Contains("Index Scan using pk_inspections", end);
        Assert.DoesNotContain("ix_inspections_", end);
    }

    static async Task<string> Plan(NpgsqlDataSource source, string statement, params object[] values)
    {
        await using var explain = source.CreateCommand("EXPLAIN " + statement);
        foreach (var value in values)
            explain.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await explain.ExecuteReaderAsync(Ct);
        var plan = new List<string>();
        while (await reader.ReadAsync(Ct))
            plan.Add(reader.GetString(0));
        return string.Join('\n', plan);
    }
}
