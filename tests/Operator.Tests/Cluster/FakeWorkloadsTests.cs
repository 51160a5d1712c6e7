using System.Text.Json.Nodes;
using System.Threading.Channels;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

/// <summary>What the tests of rollouts take for a cluster's controllers and nodes.</summary>
public sealed class FakeWorkloadsTests : IAsyncLifetime
{
    FakeApiServer _server = null!;
    FakeWorkloads _workloads = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.Start();
        _workloads = new FakeWorkloads(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await _workloads.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("deployments", "updatedReplicas", "availableReplicas", 1)]
    [InlineData("statefulsets", "updatedReplicas", "availableReplicas", 0)]
    [InlineData("daemonsets", "updatedNumberScheduled", "numberAvailable", 1)]
    public async Task A_new_image_is_rolled_out_and_one_that_crashes_never_is(string plural, string updated, string available, int left)
    {
        var first = await Put(plural, Sample.Workload("one", ("app", "shop:1")));
        var all = (int)first[updated]!;
        Assert.Equal((all, 1), ((int)first[available]!, (int)first["observedGeneration"]!));

        var crashed = await Put(plural, Sample.Workload("one", ("app", "shop:crash")));
        Assert.Equal((1, left, 2), ((int)crashed[updated]!, (int)crashed[available]!, (int)crashed["observedGeneration"]!));

        var back = await Put(plural, Sample.Workload("one", ("app", "shop:1")));
        Assert.Equal((all, all, 3), ((int)back[updated]!, (int)back[available]!, (int)back["observedGeneration"]!));
    }

    [Theory]
    [InlineData("shop:1", null, "Running", "running", true)]
    [InlineData("shop:crash", null, "Running", "waiting", false)]
    [InlineData("shop:crash", "Never", "Failed", "terminated", false)]
    public async Task A_pod_runs_or_crashes(string image, string? restarts, string phase, string state, bool ready)
    {
        var pod = Sample.Workload("one", ("app", image));
        pod["spec"] = pod["spec"]!["template"]!["spec"]!.DeepClone();
        pod["spec"]!["restartPolicy"] = restarts;

        var status = await Put("pods", pod);

        var container = Assert.Single(status["containerStatuses"]!.AsArray())!;
        Assert.Equal((phase, ready), ((string?)status["phase"], (bool)container["ready"]!));
        Assert.NotNull(container["state"]![state]);
    }

    async Task<JsonNode> Put(string plural, JsonObject thing)
    {
        var changes = Channel.CreateUnbounded<string>();
        _server.Of(plural).Listen(key => changes.Writer.TryWrite(key));
        // As a request: the status stays until a controller writes it.
        var generation = (int)_server.Of(plural).Change("shop/one", there =>
        {
            if (there?["status"]?.DeepClone() is { } status)
                thing["status"] = status;
            return thing;
        })["metadata"]!["generation"]!;
        while (true)
        {
            await changes.Reader.ReadAsync(Patience.Ct).Soon();
            if (_server.Of(plural).Find("shop/one")!["status"] is { } status && (int)status["observedGeneration"]! == generation)
                return status;
        }
    }
}
