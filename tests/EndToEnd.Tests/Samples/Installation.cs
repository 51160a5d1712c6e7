using Plimsoll.Engine.Tests.Samples;
using Plimsoll.EndToEnd.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

[assembly: AssemblyFixture(typeof(Installation))]
// They share one cluster, and some take parts of it away.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.None)]

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>The product in a cluster, installed once for all tests: the chart with its own databases, in a namespace that takes nothing but restricted pods.</summary>
public sealed class Installation : IAsyncLifetime
{
    public const string Release = "plimsoll", Namespace = "plimsoll-e2e", Definition = "imagerollouts.plimsoll.dev";

    Cluster? _cluster;
    string? _missing;
    string[] _images = [];

    /// <summary>What <c>helm install</c> printed.</summary>
    internal string Notes { get; private set; } = "";

    internal Kubectl Kubectl => In(Namespace);

    internal Cluster Cluster
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return _cluster!;
        }
    }

    internal Kubectl In(string ns) => new(Cluster.Kubeconfig, ns);

    internal Task<Service> Reach() => Service.Reach(Kubectl, Release);

    public async ValueTask InitializeAsync()
    {
        (_cluster, _missing) = await Cluster.Find();
        if (_cluster is null)
            return;
        // What a run that was killed has left.
        await TakeAway();
        _images = await ProductImages.LoadInto(_cluster);
        await Kubectl.Run("create", "namespace", Namespace);
        await Kubectl.Run("label", "namespace", Namespace, "pod-security.kubernetes.io/enforce=restricted", "pod-security.kubernetes.io/warn=restricted");
        Notes = await Install();
    }

    /// <summary>How many pods a part of the product has; when it returns, they are ready, or gone.</summary>
    internal async Task Scale(string component, int replicas)
    {
        await Kubectl.Run("scale", $"deployment/{Release}-{component}", $"--replicas={replicas}");
        if (replicas == 0)
            await Kubectl.Run("wait", "pods", "--selector", $"app.kubernetes.io/component={component}", "--for=delete", "--timeout=2m");
        else
            await Kubectl.Run("rollout", "status", $"deployment/{Release}-{component}", "--timeout=3m");
    }

    /// <summary>All is ready when it returns.</summary>
    internal Task<string> Install() => Run("install", Repository.At("charts/plimsoll"));

    internal Task<string> Upgrade(string chart) => Run("upgrade", chart);

    internal async Task<string> Uninstall() => (await Helmed("uninstall", Release, "--wait", "--timeout", "3m")).Text;

    internal Task<Outcome> Helmed(params string[] arguments) => Command.Run(Helm.Program!, ["--kubeconfig", Cluster.Kubeconfig, "--namespace", Namespace, .. arguments]);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is null)
            return;
        await TakeAway();
        await _cluster.End();
    }

    async Task<string> Run(string verb, string chart)
    {
        var host = Cluster.Registry.Split(':')[0];
        var outcome = await Helmed([verb, Release, chart, "--wait", "--timeout", "5m", .. _images, "--set", "postgres.persistence.size=1Gi,operator.replicas=2",
            "--set", $"config.registries.plainHttp={{{Cluster.Registry}}}", "--set", $"config.registries.allowPrivate={{{host}}}"]);
        Assert.True(outcome.ExitCode == 0, $"helm {verb}: {outcome.Error}\n{await Observer.Describe(Kubectl)}");
        // What Kubernetes warns of, helm writes there.
        Assert.DoesNotContain("would violate PodSecurity", outcome.Error);
        return outcome.Output;
    }

    async Task TakeAway()
    {
        await Helmed("uninstall", Release, "--wait", "--timeout", "3m", "--ignore-not-found");
        await Kubectl.Run("delete", "namespace", Namespace, "--ignore-not-found", "--timeout=3m");
        // It is kept by an uninstall. One that somebody else has put there stays.
        if ((await Kubectl.Try("get", "customresourcedefinition", Definition, "--output", @"jsonpath={.metadata.annotations.meta\.helm\.sh/release-namespace}")).Output == Namespace)
            await Kubectl.Run("delete", "customresourcedefinition", Definition, "--timeout=2m");
    }
}
