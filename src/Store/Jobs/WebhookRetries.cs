using Plimsoll.Store.Webhooks;

namespace Plimsoll.Store.Jobs;

/// <summary>Frees the deliveries of processes that died while they sent them.</summary>
internal sealed class WebhookRetries(DeliveryQueue queue) : IRecurringJob
{
    public JobInfo Info => JobList.WebhookRetries;

    public Task<int> Run(CancellationToken ct) => queue.Reap(ct);
}
