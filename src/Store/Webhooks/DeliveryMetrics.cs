using System.Diagnostics.Metrics;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Webhooks;

/// <summary>Attempts to deliver, by what became of them: <c>plimsoll_webhook_attempts_total</c>.</summary>
internal sealed class DeliveryMetrics(IMeterFactory meters)
{
    readonly Counter<long> _attempts = meters.Create(ServiceMeter.Name).CreateCounter<long>("plimsoll.webhook.attempts", null, "Attempts to deliver to webhooks, by what became of the delivery.");

    public void Attempted(DeliveryState became) =>
        _attempts.Add(1, new KeyValuePair<string, object?>("outcome", became == DeliveryState.Waiting ? "retried" : became.ToString().ToLowerInvariant()));
}
