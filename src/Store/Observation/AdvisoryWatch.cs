using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Store.Observation;

/// <summary>Looks how old the advisories are, so that reading the metrics never waits for the database.</summary>
internal sealed partial class AdvisoryWatch(IDbContextFactory<PlimsollDb> databases, ServiceMeter meter, TimeProvider clock, ILogger<AdvisoryWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Without these nothing is missed.</summary>
    static readonly string[] s_enriching = ["KEV", "EPSS"];

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
            meter.OldestAdvisories = await db.AdvisorySources.Where(row => row.AsOf != null && !s_enriching.Contains(row.Name)).MinAsync(row => row.AsOf, ct);
        }
        catch (Exception e) when (DatabaseErrors.IsPassing(e))
        {
            Log.Missed(log, e.Message);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The age of the advisories could not be looked at: {Reason}")]
        public static partial void Missed(ILogger logger, string reason);
    }
}
