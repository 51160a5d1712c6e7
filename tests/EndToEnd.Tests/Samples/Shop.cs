using System.Text.Json;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A namespace of a test's own, restricted as the product's, with a workload <c>web</c> and a rollout of the same name. It goes away with the test, and is described where that failed.</summary>
internal sealed class Shop : IAsyncDisposable
{
    readonly Installation _installation;
    readonly string _name = $"shop-{Guid.NewGuid().ToString("N")[..8]}";

    Shop(Installation installation) => (_installation, Kubectl) = (installation, installation.In(_name));

    public Kubectl Kubectl { get; }

    public static async Task<Shop> Open(Installation installation)
    {
        var shop = new Shop(installation);
        await shop.Kubectl.Run("create", "namespace", shop._name);
        await shop.Kubectl.Run("label", "namespace", shop._name, "pod-security.kubernetes.io/enforce=restricted");
        return shop;
    }

    /// <summary>The name of the app's image in the registry of the cluster.</summary>
    public string Image(string tag) => $"{_installation.Cluster.Registry}/{_name}/web:{tag}";

    /// <returns>Name, tag and digest: what an ImageRollout of the tag sets.</returns>
    public async Task<string> Push(string tag, AppImage? app = null) => $"{Image(tag)}@{await (app ?? new AppImage()).Push(Image(tag))}";

    /// <summary>The workload with an image, rolled out.</summary>
    public async Task Deploy(string image, string kind = "Deployment", string more = "")
    {
        await Kubectl.Apply($$"""
            apiVersion: apps/v1
            kind: {{kind}}
            metadata: { name: web }
            spec:
              selector: { matchLabels: { app: web } }
              {{more}}
              template:
                metadata: { labels: { app: web } }
                spec:
                  automountServiceAccountToken: false
                  terminationGracePeriodSeconds: 1
                  securityContext: { runAsNonRoot: true, runAsUser: 1000, runAsGroup: 1000, seccompProfile: { type: RuntimeDefault } }
                  containers:
                    - name: app
                      image: {{image}}
                      ports: [{ containerPort: 8000 }]
                      readinessProbe: { httpGet: { path: /health, port: 8000 }, periodSeconds: 1 }
                      securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
            """);
        await Kubectl.Run("rollout", "status", $"{kind.ToLowerInvariant()}/web", "--timeout=3m");
    }

    /// <summary>What the workload shall run, under a policy that takes no data from elsewhere.</summary>
    /// <param name="more">More lines of the spec, such as <c>smoke: …</c>.</param>
    public Task Roll(string image, string more = "", string kind = "Deployment", string name = "web") => Kubectl.Apply($$"""
        apiVersion: plimsoll.dev/v1alpha1
        kind: ImageRollout
        metadata: { name: {{name}} }
        spec:
          targetRef: { kind: {{kind}}, name: web }
          container: app
          image: {{image}}
          policy: { name: shop, limits: { size: 8MiB }, require: [non-root-user] }
          {{more}}
        """);

    /// <summary>The rollout once it is in a phase.</summary>
    public Task<JsonElement> Until(string phase, string name = "web") => Kubectl.Until($"imagerollout/{name}", rollout => Status(rollout, "phase") == phase);

    /// <summary>What the workload is told to run, and how often it was told something.</summary>
    public async Task<(string Image, long Generation)> Target(string kind = "deployment")
    {
        var target = await Kubectl.Get($"{kind}/web");
        return (ImageOf(target), target.GetProperty("metadata").GetProperty("generation").GetInt64());
    }

    public static string ImageOf(JsonElement workload) => workload.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0].GetProperty("image").GetString()!;

    /// <summary>What an event with this reason says. It is told after the status, so it may take a moment.</summary>
    public async Task<string> Event(string reason, string name = "web") =>
        (await Kubectl.Until("events", told => told.GetProperty("reason").GetString() == reason && told.GetProperty("involvedObject").GetProperty("name").GetString() == name)).GetProperty("message").GetString()!;

    public static string? Status(JsonElement rollout, string name) => rollout.TryGetProperty("status", out var status) && status.TryGetProperty(name, out var value) ? value.GetString() : null;

    /// <summary>Status, reason and message of a condition.</summary>
    public static (string Status, string Reason, string Message) Condition(JsonElement rollout, string type) =>
        Conditions(rollout).Where(one => one.GetProperty("type").GetString() == type)
            .Select(one => (one.GetProperty("status").GetString()!, one.GetProperty("reason").GetString()!, one.GetProperty("message").GetString()!)).SingleOrDefault();

    static JsonElement.ArrayEnumerator Conditions(JsonElement rollout) => rollout.TryGetProperty("status", out var status) && status.TryGetProperty("conditions", out var conditions) ? conditions.EnumerateArray() : default;

    public async ValueTask DisposeAsync()
    {
        if (TestContext.Current.TestState?.Result is TestResult.Failed)
        {
            TestContext.Current.TestOutputHelper?.WriteLine((await Kubectl.Try("get", "imagerollouts", "--output", "yaml")).Output);
            TestContext.Current.TestOutputHelper?.WriteLine(await Observer.Describe(Kubectl));
            TestContext.Current.TestOutputHelper?.WriteLine((await _installation.Kubectl.Try("logs", "--selector", "app.kubernetes.io/component=operator", "--prefix", "--tail=40")).Output);
        }
        await Kubectl.Run("delete", "namespace", _name, "--wait=false");
    }
}
