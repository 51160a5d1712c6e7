using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Observation;

/// <summary>Looks at the queue from time to time, so that reading the metrics never waits for the database.</summary>
internal sealed partial class QueueWatch(IDbContextFactory<PlimsollDb> databases, ServiceMeter meter, TimeProvider clock, ILogger<QueueWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
            await Look(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task Look(CancellationToken ct)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var now = clock.GetUtcNow();
            var depth = await db.Inspections.LongCountAsync(row => row.State == InspectionState.Queued || row.State == InspectionState.Running, ct);
            var oldest = await db.Inspections.Where(row => row.State == InspectionState.Queued && row.AvailableAt <= now).MinAsync(row => (DateTimeOffset?)row.AvailableAt, ct);
            meter.Queue = new QueueLook(depth, oldest is { } since ? (now - since).TotalSeconds : 0);
        }
        catch (Exception e) when (DatabaseErrors.IsPassing(e))
        {
            Log.Missed(log, e.Message);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be looked at: {Reason}")]
        public static partial void Missed(ILogger logger, string reason);
    }
}
