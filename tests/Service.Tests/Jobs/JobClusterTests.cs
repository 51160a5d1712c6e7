using Microsoft.EntityFrameworkCore;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store;
using Plimsoll.Store.Jobs;

namespace Plimsoll.Service.Tests.Jobs;

[Trait("Category", "Slow")]
public sealed class JobClusterTests(PostgresServer postgres, RedisServer redis)
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(10);

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Task<JobRow?> Reaper(PlimsollDb db) => db.Jobs.AsNoTracking().SingleOrDefaultAsync(row => row.Name == JobList.LeaseReaper.Name, Ct);

    static async Task<JobRow> RunsBeyond(PlimsollDb db, long runs)
    {
        JobRow? row = null;
        await Wait.Until(async () => (row = await Reaper(db)) is not null && row.Runs > runs);
        return row!;
    }

    [Fact]
    public async Task Of_two_workers_one_runs_a_job_each_time_it_fires_and_the_other_goes_on_when_that_one_dies()
    {
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        await using var db = await api.Database();
        await using var one = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        await using var two = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        var first = await RunsBeyond(db, 0);
        var later = await RunsBeyond(db, first.Runs + 2);
        // The moments of the schedule that have passed, and the runs: as many.
        Assert.Equal((later.FiredFor - first.FiredFor) / Period, later.Runs - first.Runs);
        Assert.Equal(0, later.Failures);
        // Whichever holds the schedule at this moment, the other takes it over.
        await one.Kill();
        var taken = await RunsBeyond(db, later.Runs + 1);
        await two.Kill();
        await using var three = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        Assert.NotEqual(taken.Process, (await RunsBeyond(db, taken.Runs + 1)).Process);
    }
}
