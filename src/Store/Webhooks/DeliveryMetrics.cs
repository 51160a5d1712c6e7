using System.Diagnostics.Metrics;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Webhooks;

/// <summary>Attempts to deliver, by what became of them: <c>plimsoll_webhook_attempts_total</c>.</summary>
internal sealed class DeliveryMetrics
{
    readonly Counter<long> _attempts;

    public DeliveryMetrics(IMeterFactory meters)
    {
        _attempts = meters.Create(ServiceMeter.Name).CreateCounter<long>("plimsoll.webhook.attempts", null, "Attempts to deliver to webhooks, by what became of the delivery.");
        // A counter that first shows at 1 has not grown for Prometheus, which would miss the first failure.
        foreach (var became in (DeliveryState[])[DeliveryState.Delivered, DeliveryState.Waiting, DeliveryState.Dead])
            Count(became, 0);
    }

    public void Attempted(DeliveryState became) => Count(became, 1);

    void Count(DeliveryState became, int times) =>
        _attempts.Add(times, new KeyValuePair<string, object?>("outcome", became == DeliveryState.Waiting ? "retried" : became.ToString().ToLowerInvariant()));
}
