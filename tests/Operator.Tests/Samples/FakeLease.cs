using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>The lease of an operator on a server, and who wants it.</summary>
internal sealed class FakeLease(FakeApiServer server, TimeProvider clock)
{
    const string Key = "plimsoll/operator";

    /// <summary>With a client of its own, as another process has.</summary>
    public LeaderLease Candidate(string identity) => new(server.Client(), new LeaseOptions("plimsoll", "operator", identity), clock, NullLogger<LeaderLease>.Instance);

    public async Task<LeaderLease> Holder(string identity)
    {
        var lease = Candidate(identity);
        await lease.Acquire(Patience.Ct).Soon();
        return lease;
    }

    public void Put(JsonObject spec) => server.Of("leases").Put(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "operator", ["namespace"] = "plimsoll" }, ["spec"] = spec });

    public (string? Holder, int Seconds, int Transitions) Held()
    {
        var spec = server.Of("leases").Find(Key)!["spec"]!;
        return ((string?)spec["holderIdentity"], (int)spec["leaseDurationSeconds"]!, (int)spec["leaseTransitions"]!);
    }

    public string? Version() => FakeCollection.VersionOf(server.Of("leases").Find(Key));
}
