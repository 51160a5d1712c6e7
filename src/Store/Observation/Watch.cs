using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Store.Observation;

/// <summary>Looks at something in the database from time to time, so that reading the metrics never waits for it.</summary>
/// <param name="what">As the log calls it, at the beginning of a sentence.</param>
internal abstract partial class Watch(string what, TimeSpan interval, TimeProvider clock, ILogger log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, clock);
        do
            await LookOnce(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    protected abstract Task Look(CancellationToken ct);

    async Task LookOnce(CancellationToken ct)
    {
        try
        {
            await Look(ct);
        }
        catch (Exception e) when (DatabaseErrors.IsPassing(e))
        {
            Log.Missed(log, what, e.Message);
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{What} could not be looked at: {Reason}")]
        public static partial void Missed(ILogger logger, string what, string reason);
    }
}
