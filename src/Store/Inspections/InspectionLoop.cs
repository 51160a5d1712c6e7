using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Plimsoll.Store.Blobs;

namespace Plimsoll.Store.Inspections;

/// <summary>
/// Takes inspections and runs them, <c>WORKERS</c> at a time. A crash or a lost heartbeat frees the lease, and the inspection is taken again.
/// </summary>
internal sealed partial class InspectionLoop(InspectionQueue queue, InspectionRun run, UploadStore uploads, INews news, Settings.Settings settings, ILogger<InspectionLoop> log) : BackgroundService
{
    /// <summary>News may be lost, so that a worker looks by itself from time to time.</summary>
    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, settings.Workers).Select(_ => Task.Run(() => Work(stoppingToken), CancellationToken.None)));

    async Task Work(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
            try
            {
                await queue.Reap(ct);
                if (await queue.Take(ct) is not { } lease)
                {
                    await uploads.DropEnded(ct);
                    await news.WaitForWork(PollInterval, ct);
                    continue;
                }
                // There may be more: another worker, here or elsewhere, looks while this one is busy.
                news.Wake();
                await run.Run(lease, ct);
                news.Wake();
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (e.IsForLater())
            {
                Log.Interrupted(log, e);
                await Task.Delay(PollInterval, CancellationToken.None).WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The queue could not be reached; trying again")]
        public static partial void Interrupted(ILogger logger, Exception cause);
    }
}
