using System.Diagnostics.Metrics;

namespace Plimsoll.Operator.Cluster;

/// <summary>How looks end and how long they take.</summary>
internal sealed class ControllerMetrics : IDisposable
{
    readonly Meter _meter;
    readonly Counter<long> _ended;
    readonly Histogram<double> _took;
    readonly string _kind;

    public ControllerMetrics(IMeterFactory meters, string kind)
    {
        _kind = kind;
        _meter = meters.Create(OperatorMeter.Name);
        _ended = _meter.CreateCounter<long>("controller_reconcile", description: "Looks at an object, by how they ended");
        _took = _meter.CreateHistogram("controller_reconcile_time", "s", "How long a look took", advice: OperatorMeter.Seconds);
    }

    /// <param name="result"><c>success</c>, <c>conflict</c> or <c>error</c>.</param>
    public void Ended(string result, TimeSpan took)
    {
        _ended.Add(1, new KeyValuePair<string, object?>("controller", _kind), new KeyValuePair<string, object?>("result", result));
        _took.Record(took.TotalSeconds, new KeyValuePair<string, object?>("controller", _kind));
    }

    public void Dispose() => _meter.Dispose();
}
