using System.Text.Json.Nodes;
using System.Threading.Channels;
using k8s;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>A namespace with a workload <c>web</c>, in a cluster whose controllers work, beside a Plimsoll.</summary>
internal sealed class Shop : IAsyncDisposable
{
    public const string Before = "registry.example/web:1", Good = "registry.example/web:2", Bad = "registry.example/web:bad", Crash = "registry.example/web:crash";

    readonly FakeWorkloads _workloads;
    readonly Channel<bool> _changed = Channel.CreateUnbounded<bool>();

    Shop(FakeApiServer server, FakeService service)
    {
        (Server, Service, _workloads) = (server, service, new FakeWorkloads(server));
        foreach (var kind in new[] { "imagerollouts", "deployments", "statefulsets", "daemonsets", "pods", "events", "leases" })
            server.Of(kind).Listen(_ => _changed.Writer.TryWrite(true));
    }

    public FakeApiServer Server { get; }

    public FakeService Service { get; }

    public static async Task<Shop> Open(string kind = "deployments")
    {
        var shop = new Shop(await FakeApiServer.Start(), await FakeService.Start());
        shop.Server.Of(kind).Put(Sample.Workload("web", ("app", Before), ("side", "registry.example/side:1")));
        return shop;
    }

    public Task<RunningOperator> Operate(bool all = false) => RunningOperator.Start(Server.Configuration, Service, "shop", all);

    /// <summary>Writes what the rollout <paramref name="name"/> is to be, as whoever uses it does.</summary>
    public void Roll(string image, Func<RolloutSpec, RolloutSpec>? with = null, string name = "web", TargetKind kind = TargetKind.Deployment, string? requested = null)
    {
        var spec = new RolloutSpec(new TargetRef(kind, "web"), "app", image, PolicyRef: new NameRef("production"));
        Server.Of("imagerollouts").Change($"shop/{name}", there =>
        {
            var rollout = there ?? new JsonObject { ["apiVersion"] = "plimsoll.dev/v1alpha1", ["kind"] = "ImageRollout", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" } };
            rollout["spec"] = JsonNode.Parse(KubernetesJson.Serialize(with is null ? spec : with(spec)));
            if (requested is not null)
                rollout["metadata"]!["annotations"] = new JsonObject { [ImageRollout.RequestedAt] = requested };
            return rollout;
        });
    }

    public string Digest(string image) => $"{image}@{Service.DigestOf(image)}";

    /// <summary>What the container runs.</summary>
    public string Image(string kind = "deployments") => (string)Server.Of(kind).Find("shop/web")!["spec"]!["template"]!["spec"]!["containers"]!.AsArray().Single(one => (string?)one!["name"] == "app")!["image"]!;

    public void SetImage(string image) => Server.Of("deployments").Change("shop/web", there =>
    {
        there!["spec"]!["template"]!["spec"]!["containers"]![0]!["image"] = image;
        return there;
    });

    public RolloutStatus? Status(string name = "web") => Server.Of("imagerollouts").Find($"shop/{name}") is { } found ? KubernetesJson.Deserialize<ImageRollout>(found.ToJsonString()).Status : null;

    /// <summary>Waits until a rollout's status is one that a test waits for.</summary>
    public async Task<RolloutStatus> Until(Func<RolloutStatus, bool> isIt, string name = "web")
    {
        await Until(() => Status(name) is { } status && isIt(status), () => KubernetesJson.Serialize(Status(name)));
        return Status(name)!;
    }

    public async Task Until(Func<bool> isSo, Func<string>? otherwise = null)
    {
        try
        {
            while (!isSo())
                await _changed.Reader.ReadAsync(Patience.Ct).Soon();
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"it did not come to that: {otherwise?.Invoke()}");
        }
    }

    /// <summary>The reasons of the events so far.</summary>
    public List<string> Told() => [.. Server.Of("events").Versions().Keys.Select(key => (string)Server.Of("events").Find(key)!["reason"]!)];

    public async ValueTask DisposeAsync()
    {
        await _workloads.DisposeAsync();
        await Service.DisposeAsync();
        await Server.DisposeAsync();
    }
}
