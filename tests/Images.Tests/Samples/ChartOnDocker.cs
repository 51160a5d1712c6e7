using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>
/// Pods of the rendered chart as containers on a network of their own, found under the names of their Services. It is no Kubernetes: a Service maps no port, and the
/// test asks the probes and does what follows from them.
/// </summary>
internal sealed class ChartOnDocker : IAsyncDisposable
{
    readonly string _name = $"plimsoll-test-{Guid.NewGuid():N}";
    readonly TemporaryFolder _files = new();
    readonly List<string> _containers = [], _volumes = [];

    public static async Task<ChartOnDocker> Create()
    {
        var chart = new ChartOnDocker();
        _ = (await Docker.Run("network", "create", chart._name)).Text;
        return chart;
    }

    /// <summary>A pod with its first containers run to their ends.</summary>
    public async Task<RunningPod> Start(Rendering chart, string component, Func<string, string, string>? elsewhere = null)
    {
        var arguments = new PodArguments(chart, component, _files, elsewhere);
        var pod = chart.PodOf(component);
        foreach (var claim in arguments.Claims)
            await Claim(component, claim, arguments, Rendering.Containers(pod).First());
        foreach (var first in Rendering.List(pod["spec"]!["initContainers"]))
            _ = (await RunOnce(arguments, component, first)).Text;
        var container = Rendering.Containers(pod, first: false).Single();
        var name = Named(component);
        _ = (await Docker.Run(["run", "--detach", "--name", name, "--network", _name, .. arguments.Aliases.SelectMany(alias => (string[])["--network-alias", alias]), .. arguments.Of(container, claim => Volume(component, claim))])).Text;
        return new RunningPod(name, container);
    }

    /// <summary>A pod that ends, such as that of a Job, to its end.</summary>
    public Task<Outcome> Run(Rendering chart, string component, Func<string, string, string>? elsewhere = null) =>
        RunOnce(new PodArguments(chart, component, _files, elsewhere), component, Rendering.Containers(chart.PodOf(component)).Single());

    public async ValueTask DisposeAsync()
    {
        foreach (var container in _containers)
            await Docker.Run("rm", "--force", "--volumes", container);
        foreach (var volume in _volumes)
            await Docker.Run("volume", "rm", "--force", volume);
        await Docker.Run("network", "rm", _name);
        _files.Dispose();
    }

    Task<Outcome> RunOnce(PodArguments arguments, string component, JsonObject container) =>
        Docker.Run(["run", "--name", Named(component), "--network", _name, .. arguments.Of(container, claim => Volume(component, claim))]);

    string Named(string component)
    {
        _containers.Add($"{_name}-{component}-{_containers.Count}");
        return _containers[^1];
    }

    string Volume(string component, string claim) => $"{_name}-{component}-{claim}";

    // As Kubernetes hands a new volume to the group of the pod.
    async Task Claim(string component, string claim, PodArguments arguments, JsonObject container)
    {
        _volumes.Add(Volume(component, claim));
        _ = (await Docker.Run("run", "--rm", "--user", "0:0", "--volume", $"{_volumes[^1]}:/volume", "--entrypoint", "sh", (string)container["image"]!, "-c", $"chgrp {arguments.Group} /volume && chmod 2775 /volume")).Text;
    }
}
