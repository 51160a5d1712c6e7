using System.Diagnostics.Metrics;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Where the rollouts are, what the gate said, and whether this process is the one that works. Counters are there from the start, or the first event would be missed by who looks at rates.</summary>
internal sealed class RolloutMetrics : IDisposable
{
    readonly Meter _meter;
    readonly Counter<long> _decisions, _errors;

    public RolloutMetrics(IMeterFactory meters, ClusterView view, LeaderLease lease, LeaseOptions options)
    {
        _meter = meters.Create(OperatorMeter.Name);
        _decisions = _meter.CreateCounter<long>("plimsoll_gate_decisions", description: "Verdicts that a rollout got, by what they say");
        _errors = _meter.CreateCounter<long>("plimsoll_gate_errors", description: "Questions that the service did not answer, by the reason");
        foreach (var verdict in new[] { "Pass", "Fail", "Undecided" })
            _decisions.Add(0, new KeyValuePair<string, object?>("verdict", verdict));
        _errors.Add(0, new KeyValuePair<string, object?>("reason", "PlimsollUnavailable"));
        _meter.CreateObservableGauge("leader_election_master_status", () => new Measurement<int>(lease.Holds ? 1 : 0, new KeyValuePair<string, object?>("name", options.Name)),
            description: "1 for the replica that works, 0 for one that stands by");
        // A replica that stands by would tell everything a second time.
        _meter.CreateObservableGauge("plimsoll_imagerollout_info", () => lease.Holds ? view.Rollouts.All().Select(Info) : [], description: "1 for each rollout, with where it is");
    }

    /// <summary>A verdict that is another one than before, or about another digest.</summary>
    public void Decided(string verdict) => _decisions.Add(1, new KeyValuePair<string, object?>("verdict", verdict));

    public void NotAnswered(string reason) => _errors.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Dispose() => _meter.Dispose();

    static Measurement<int> Info(ImageRollout rollout) => new(1,
        new("rollout_namespace", rollout.Metadata.NamespaceProperty), new("name", rollout.Metadata.Name), new("kind", rollout.Spec.TargetRef.Kind.ToString()), new("target", rollout.Spec.TargetRef.Name),
        new("phase", (rollout.Status?.Phase ?? Phase.Pending).ToString()), new("verdict", rollout.Status?.Gate?.Verdict ?? ""));
}
