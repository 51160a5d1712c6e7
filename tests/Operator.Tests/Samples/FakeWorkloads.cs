using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>
/// What the controllers and the nodes of a cluster make of workloads and pods: each new spec is followed by the status at the end of its rollout. An image whose name has <c>crash</c>
/// in it never becomes available. They follow what happens, later than whoever wrote, as the real ones do.
/// </summary>
internal sealed class FakeWorkloads : IAsyncDisposable
{
    const int Nodes = 2;

    readonly Channel<(FakeCollection Collection, string Key)> _changes = Channel.CreateUnbounded<(FakeCollection, string)>();
    readonly Dictionary<FakeCollection, Func<JsonObject, bool, JsonObject>> _kinds;
    readonly Task _run;

    /// <summary>Begins at once, with what is there already.</summary>
    public FakeWorkloads(FakeApiServer server)
    {
        _kinds = new() { [server.Of("deployments")] = Deployment, [server.Of("statefulsets")] = StatefulSet, [server.Of("daemonsets")] = DaemonSet, [server.Of("pods")] = Pod };
        foreach (var collection in _kinds.Keys)
        {
            collection.Listen(key => _changes.Writer.TryWrite((collection, key)));
            foreach (var key in collection.Versions().Keys)
                _changes.Writer.TryWrite((collection, key));
        }
        _run = Run();
    }

    public async ValueTask DisposeAsync()
    {
        _changes.Writer.TryComplete();
        await _run.Soon();
    }

    async Task Run()
    {
        await foreach (var (collection, key) in _changes.Reader.ReadAllAsync(CancellationToken.None))
            collection.Change(key, there => there is null ? Sample.Status(404, "NotFound") : Follow(there, _kinds[collection]));
    }

    static JsonObject Follow(JsonObject there, Func<JsonObject, bool, JsonObject> become)
    {
        var generation = (long)there["metadata"]!["generation"]!;
        if ((long?)there["status"]?["observedGeneration"] == generation)
            return there;
        var containers = (there["spec"]!["template"]?["spec"] ?? there["spec"])!["containers"] as JsonArray ?? [];
        var status = become(there, containers.Any(one => ((string?)one!["image"])?.Contains("crash", StringComparison.Ordinal) ?? false));
        status["observedGeneration"] = generation;
        there["status"] = status;
        return there;
    }

    // One more pod than wanted comes first, and the old ones go when it is there.
    static JsonObject Deployment(JsonObject there, bool crashes)
    {
        var (wanted, before) = (Wanted(there), Before(there, "availableReplicas"));
        var (available, progress) = crashes ? (before, "ReplicaSetUpdated") : (wanted, "NewReplicaSetAvailable");
        return new JsonObject
        {
            ["replicas"] = crashes ? before + 1 : wanted, ["updatedReplicas"] = crashes ? 1 : wanted, ["readyReplicas"] = available, ["availableReplicas"] = available, ["unavailableReplicas"] = crashes ? 1 : 0,
            ["conditions"] = new JsonArray(
                Condition("Progressing", true, progress), Condition("Available", available >= wanted, available >= wanted ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable")),
        };
    }

    // The last pod is replaced first, in its place.
    static JsonObject StatefulSet(JsonObject there, bool crashes)
    {
        var (wanted, name) = (Wanted(there), (string)there["metadata"]!["name"]!);
        var next = $"{name}-{there["metadata"]!["generation"]}";
        var ready = crashes ? Math.Max(0, Math.Min(wanted, Before(there, "readyReplicas")) - 1) : wanted;
        return new JsonObject
        {
            ["replicas"] = wanted, ["updatedReplicas"] = crashes ? 1 : wanted, ["readyReplicas"] = ready, ["availableReplicas"] = ready,
            ["currentRevision"] = crashes ? (string?)there["status"]?["currentRevision"] ?? $"{name}-0" : next, ["updateRevision"] = next,
        };
    }

    static JsonObject DaemonSet(JsonObject there, bool crashes)
    {
        var ready = crashes ? Math.Max(0, Before(there, "numberReady") - 1) : Nodes;
        return new JsonObject
        {
            ["desiredNumberScheduled"] = Nodes, ["currentNumberScheduled"] = Nodes, ["numberMisscheduled"] = 0, ["updatedNumberScheduled"] = crashes ? 1 : Nodes,
            ["numberReady"] = ready, ["numberAvailable"] = ready, ["numberUnavailable"] = Nodes - ready,
        };
    }

    static JsonObject Pod(JsonObject there, bool crashes)
    {
        var isOver = crashes && (string?)there["spec"]!["restartPolicy"] == "Never";
        var state = !crashes ? new JsonObject { ["running"] = new JsonObject() }
            : isOver ? new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 1, ["reason"] = "Error" } }
            : new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "CrashLoopBackOff", ["message"] = "back-off 10s restarting failed container" } };
        var containers = there["spec"]!["containers"] as JsonArray ?? [];
        return new JsonObject
        {
            ["phase"] = isOver ? "Failed" : "Running",
            ["conditions"] = new JsonArray(Condition("PodScheduled", true, null), Condition("Ready", !crashes, crashes ? "ContainersNotReady" : null)),
            ["containerStatuses"] = new JsonArray([.. containers.Select(one => new JsonObject
            {
                ["name"] = (string)one!["name"]!, ["image"] = (string?)one["image"], ["imageID"] = "", ["ready"] = !crashes, ["restartCount"] = crashes && !isOver ? 3 : 0, ["state"] = state.DeepClone(),
            })]),
        };
    }

    static JsonObject Condition(string type, bool holds, string? reason) => new() { ["type"] = type, ["status"] = holds ? "True" : "False", ["reason"] = reason };

    static int Wanted(JsonObject there) => (int?)there["spec"]!["replicas"] ?? 1;

    static int Before(JsonObject there, string field) => (int?)there["status"]?[field] ?? 0;
}
