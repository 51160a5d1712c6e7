using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plimsoll.Store.Advisories;
using Quartz;

namespace Plimsoll.Store.Jobs;

/// <summary>Runs the jobs beside the inspections: by one process of all that share a PostgreSQL, by the one that there is with SQLite.</summary>
internal static class JobServices
{
    public static IServiceCollection AddJobs(this IServiceCollection services, Settings.Settings settings)
    {
        services.AddSingleton<JobMetrics>();
        services.AddSingleton<JobRuns>();
        services.AddSingleton<IRecurringJob, LeaseReaper>();
        services.AddSingleton<IRecurringJob, WebhookRetries>();
        services.AddSingleton<IRecurringJob, BlobSweep>();
        services.AddSingleton<IRecurringJob, Retention>();
        services.AddSingleton<IRecurringJob, AdvisoryUpdate>();
        services.AddSingleton<IRecurringJob, VulnerabilityMatching>();
        services.AddQuartz(quartz =>
        {
            // A job can be cut off at any moment, so that a process that is asked to stop need not wait for its end.
            quartz.ConfigureScheduler(scheduler => (scheduler.InstanceName, scheduler.DefaultTimeZone, scheduler.ShutdownJobInterruption) = ("plimsoll", TimeZoneInfo.Utc, ShutdownJobInterruption.Always));
            if (settings.Database.IsPostgres)
                quartz.UsePersistentStore(store =>
                {
                    store.UsePostgres(database => database.DataSourceFactory = provider => provider.GetRequiredService<NpgsqlDataSource>());
                    store.ConfigureStore(options => (options.TablePrefix, options.StoreJobDataAsStrings) = (QuartzTables.Prefix, true));
                    store.UseClustering(cluster => (cluster.CheckinInterval, cluster.CheckinMisfireThreshold) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(10)));
                });
            foreach (var job in JobList.All)
                quartz.ScheduleJob<ScheduledJob>(
                    trigger => trigger.WithIdentity(job.Name).WithCronSchedule(job.Cron),
                    detail => detail.WithIdentity(job.Name).WithDescription(job.What));
        });
        services.AddQuartzHostedService(hosted => hosted.WaitForJobsToComplete = true);
        return services;
    }
}
