using Quartz;

namespace Plimsoll.Store.Jobs;

/// <summary>What Quartz fires: the job of the same name.</summary>
[DisallowConcurrentExecution]
internal sealed class ScheduledJob(IEnumerable<IRecurringJob> jobs, JobRuns runs) : IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        var job = jobs.Single(one => one.Info.Name == context.JobDetail.Key.Name);
        try
        {
            await runs.Run(job, context.ScheduledFireTimeUtc ?? context.FireTimeUtc, context.Scheduler.SchedulerInstanceId, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            throw new JobExecutionException($"the job {job.Info.Name} failed", e);
        }
    }
}
