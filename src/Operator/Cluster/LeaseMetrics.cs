using System.Diagnostics.Metrics;

namespace Plimsoll.Operator.Cluster;

/// <summary>Whether this process is the one that works.</summary>
internal sealed class LeaseMetrics : IDisposable
{
    readonly Meter _meter;

    public LeaseMetrics(IMeterFactory meters, LeaderLease lease, LeaseOptions options)
    {
        _meter = meters.Create(OperatorMeter.Name);
        _meter.CreateObservableGauge("leader_election_master_status", () => new Measurement<int>(lease.Holds ? 1 : 0, new KeyValuePair<string, object?>("name", options.Name)), description: "1 for the replica that works, 0 for one that stands by");
    }

    public void Dispose() => _meter.Dispose();
}
