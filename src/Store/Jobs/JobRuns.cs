using Microsoft.EntityFrameworkCore;

namespace Plimsoll.Store.Jobs;

/// <summary>Runs a job and writes down how it went, where every process can read it.</summary>
internal sealed class JobRuns(IDbContextFactory<PlimsollDb> databases, JobMetrics metrics, TimeProvider clock)
{
    /// <param name="firedFor">The moment of its schedule.</param>
    /// <param name="process">Who runs it.</param>
    /// <exception cref="Exception">Whatever the job threw.</exception>
    public async Task Run(IRecurringJob job, DateTimeOffset firedFor, string process, CancellationToken ct)
    {
        var started = clock.GetUtcNow();
        try
        {
            var changed = await job.Run(ct);
            await Succeeded(job.Info.Name, firedFor, started, process, changed, ct);
            metrics.Succeeded(job.Info.Name, clock.GetUtcNow());
        }
        catch (Exception e) when (e is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            metrics.Failed(job.Info.Name);
            await Failed(job.Info.Name, firedFor, started, process, OneLine.Of(e.GetBaseException().Message), ct);
            throw;
        }
    }

    async Task Succeeded(string name, DateTimeOffset firedFor, DateTimeOffset started, string process, int changed, CancellationToken ct)
    {
        var (fired, began, ended) = (firedFor.UtcDateTime, started.UtcDateTime, clock.GetUtcNow().UtcDateTime);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO jobs (name, runs, failures, fired_for, started_at, ended_at, process, changed, succeeded_at) VALUES ({name}, 1, 0, {fired}, {began}, {ended}, {process}, {changed}, {ended})
            ON CONFLICT (name) DO UPDATE SET runs = jobs.runs + 1, fired_for = excluded.fired_for, started_at = excluded.started_at, ended_at = excluded.ended_at,
                process = excluded.process, changed = excluded.changed, succeeded_at = excluded.succeeded_at
            """, ct);
    }

    async Task Failed(string name, DateTimeOffset firedFor, DateTimeOffset started, string process, string error, CancellationToken ct)
    {
        var (fired, began, ended) = (firedFor.UtcDateTime, started.UtcDateTime, clock.GetUtcNow().UtcDateTime);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO jobs (name, runs, failures, fired_for, started_at, ended_at, process, changed, failed_at, error) VALUES ({name}, 1, 1, {fired}, {began}, {ended}, {process}, 0, {ended}, {error})
            ON CONFLICT (name) DO UPDATE SET runs = jobs.runs + 1, failures = jobs.failures + 1, fired_for = excluded.fired_for, started_at = excluded.started_at,
                ended_at = excluded.ended_at, process = excluded.process, failed_at = excluded.failed_at, error = excluded.error
            """, ct);
    }
}
