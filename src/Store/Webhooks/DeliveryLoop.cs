using System.Runtime.CompilerServices;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Store.Webhooks;

/// <summary>Sends deliveries when they are due. A delivery whose end cannot be written down is sent again: receivers get each at least once.</summary>
internal sealed partial class DeliveryLoop(DeliveryQueue queue, DeliverySender sender, DeliveryMetrics metrics, TimeProvider clock, ILogger<DeliveryLoop> log) : BackgroundService
{
    /// <summary>Deliveries on their way at once, to all webhooks together.</summary>
    const int AtOnce = 16;

    static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        Due(stoppingToken), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken }, async (delivery, ct) => await Send(delivery, ct));

    async IAsyncEnumerable<Delivery> Due([EnumeratorCancellation] CancellationToken ct)
    {
        while (true)
            if (await Take(ct) is { } delivery)
                yield return delivery;
            else
                await Task.Delay(PollInterval, clock, ct);
    }

    async Task<Delivery?> Take(CancellationToken ct)
    {
        try
        {
            return await queue.Take(ct);
        }
        catch (Exception e) when (e.IsForLater())
        {
            Log.Interrupted(log, e);
            return null;
        }
    }

    async Task Send(Delivery delivery, CancellationToken ct)
    {
        try
        {
            if (await Attempt(delivery, ct) is not { } answer)
                return;
            // It was sent: that is written down even when the process is about to stop.
            var became = await queue.End(delivery, answer, CancellationToken.None);
            metrics.Attempted(became);
            if (answer.Error is { } error)
                Log.Failed(log, delivery.Id, delivery.Attempt, error);
        }
        catch (Exception e) when (e.IsForLater())
        {
            // Its lease ends by itself.
            Log.Interrupted(log, e);
        }
    }

    // Null when the process is asked to stop meanwhile: another one sends it then.
    async Task<Answer?> Attempt(Delivery delivery, CancellationToken ct)
    {
        try
        {
            return await sender.Send(delivery, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await queue.Return(delivery, CancellationToken.None);
            return null;
        }
    }

    static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The deliveries of webhooks could not be reached; trying again")]
        public static partial void Interrupted(ILogger logger, Exception cause);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Delivery {Id} failed at attempt {Attempt}: {Reason}")]
        public static partial void Failed(ILogger logger, Guid id, int attempt, string reason);
    }
}
