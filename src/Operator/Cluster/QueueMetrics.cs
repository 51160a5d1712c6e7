using System.Diagnostics.Metrics;

namespace Plimsoll.Operator.Cluster;

/// <summary>What a queue tells of itself, under the names that Kubernetes' own controllers use.</summary>
internal sealed class QueueMetrics : IDisposable
{
    readonly Meter _meter;
    readonly Counter<long> _adds;
    readonly Counter<long> _retries;
    readonly Histogram<double> _waited;
    readonly Histogram<double> _worked;
    readonly KeyValuePair<string, object?> _name;

    public QueueMetrics(IMeterFactory meters, string name, Func<int> depth)
    {
        _meter = meters.Create(OperatorMeter.Name);
        _name = new("name", name);
        _meter.CreateObservableGauge("workqueue_depth", () => new Measurement<int>(depth(), _name), description: "Objects that wait for a look");
        _adds = _meter.CreateCounter<long>("workqueue_adds", description: "Objects that were put into the queue");
        _retries = _meter.CreateCounter<long>("workqueue_retries", description: "Objects that are looked at again after a failure");
        _waited = _meter.CreateHistogram("workqueue_queue_duration", "s", "How long an object waited for its look", advice: OperatorMeter.Seconds);
        _worked = _meter.CreateHistogram("workqueue_work_duration", "s", "How long a look took", advice: OperatorMeter.Seconds);
    }

    public void Added() => _adds.Add(1, _name);

    public void Retried() => _retries.Add(1, _name);

    public void Waited(TimeSpan time) => _waited.Record(time.TotalSeconds, _name);

    public void Worked(TimeSpan time) => _worked.Record(time.TotalSeconds, _name);

    public void Dispose() => _meter.Dispose();
}

internal static class OperatorMeter
{
    public const string Name = "Plimsoll.Operator";

    /// <summary>From a look that asks nobody to one that runs into its limit.</summary>
    public static readonly InstrumentAdvice<double> Seconds = new() { HistogramBucketBoundaries = [0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 15, 60, 120] };
}
