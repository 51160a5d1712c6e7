using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Jobs;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Jobs;

internal static class JobEndpoints
{
    public static void MapJobs(this RouteGroupBuilder v1) => v1.MapGet("/jobs", List).WithTags("jobs").RequireScope(Scope.Admin);

    static async Task<Ok<Page<JobBody>>> List(IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var rows = await db.Jobs.AsNoTracking().ToDictionaryAsync(row => row.Name, ct);
        return TypedResults.Ok(new Page<JobBody>([.. JobList.All.Select(job => BodyOf(job, rows.GetValueOrDefault(job.Name)))], null));
    }

    static JobBody BodyOf(JobInfo job, JobRow? row) => row is null
        ? new JobBody(job.Name, job.Schedule, job.What, 0, 0, null, null, null)
        : new JobBody(job.Name, job.Schedule, job.What, row.Runs, row.Failures, LastRun(row), row.SucceededAt, row.FailedAt is { } at ? new JobFailureBody(at, row.Error ?? "") : null);

    static JobRunBody LastRun(JobRow row)
    {
        var succeeded = row.EndedAt == row.SucceededAt;
        return new JobRunBody(succeeded ? "succeeded" : "failed", row.FiredFor, row.StartedAt, row.EndedAt, row.Process, succeeded ? row.Changed : null);
    }
}
