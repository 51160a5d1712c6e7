using System.Diagnostics.Metrics;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Inspections;
using Plimsoll.Store.Webhooks;

namespace Plimsoll.Store.Observation;

/// <summary>
/// What the work of the service is measured by, under the names that <c>docs/operations.md</c> explains. Prometheus sees a dot as an
/// underscore and a counter with <c>_total</c> behind it.
/// </summary>
internal sealed class ServiceMeter
{
    public const string Name = "Plimsoll";

    readonly Counter<long> _inspections, _bytes, _cacheHits, _news;
    readonly Histogram<double> _seconds;

    public ServiceMeter(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _inspections = meter.CreateCounter<long>("plimsoll.inspections", description: "Inspections that have ended, by the state they ended in.");
        _seconds = meter.CreateHistogram("plimsoll.inspection.seconds", description: "Seconds from the start of an inspection to what it stored.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500] });
        _bytes = meter.CreateCounter<long>("plimsoll.inspection.bytes", description: "Bytes of layers that were read, as they are stored.");
        _cacheHits = meter.CreateCounter<long>("plimsoll.layer_cache_hits", description: "Layers that were known and not read again.");
        meter.CreateObservableGauge("plimsoll.queue.depth", () => Queue.Depth, description: "Inspections that wait or run.");
        meter.CreateObservableGauge("plimsoll.queue.oldest.seconds", () => Queue.OldestSeconds, description: "For how long the inspection that waits longest could have been taken.");
        _news = meter.CreateCounter<long>("plimsoll.advisory.events", description: "What became known of vulnerabilities, by kind: the messages to webhooks and to who follows.");
        meter.CreateObservableGauge("plimsoll.advisories.oldest.timestamp", Oldest, "s", "When the oldest ecosystem was last known to be what its source has, as seconds since 1970.");
        // A counter that first shows at 1 has not grown for Prometheus, which would miss the first failure.
        foreach (var state in (InspectionState[])[InspectionState.Succeeded, InspectionState.Failed, InspectionState.Cancelled])
            Count(state, 0);
        foreach (var kind in Enum.GetValues<AdvisoryEventKind>())
            Told(kind, 0);
    }

    /// <summary>What the queue was when it was last looked at.</summary>
    public QueueLook Queue { get; set; } = new(0, 0);

    /// <summary>When the oldest ecosystem was last known to be what its source has, when it was last looked; null without any.</summary>
    public DateTimeOffset? OldestAdvisories { get; set; }

    public void Ended(InspectionState state, int count = 1)
    {
        if (count > 0)
            Count(state, count);
    }

    public void Took(TimeSpan time) => _seconds.Record(time.TotalSeconds);

    public void Read(long bytes) => _bytes.Add(bytes);

    public void CacheHit() => _cacheHits.Add(1);

    /// <summary>A message went out.</summary>
    public void Told(AdvisoryEventKind kind, int count = 1) => _news.Add(count, new KeyValuePair<string, object?>("kind", EventTypes.Of(kind)[(EventTypes.Of(kind).IndexOf('.', StringComparison.Ordinal) + 1)..]));

    IEnumerable<Measurement<double>> Oldest() => OldestAdvisories is { } asOf ? [new(asOf.ToUnixTimeSeconds())] : [];

    void Count(InspectionState state, int count) => _inspections.Add(count, new KeyValuePair<string, object?>("state", state.ToString().ToLowerInvariant()));
}

/// <param name="Depth">Inspections that wait or run.</param>
/// <param name="OldestSeconds">Since when the one that waits longest may be taken; 0 when none waits.</param>
internal sealed record QueueLook(long Depth, double OldestSeconds);
