using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;
// A library here has a namespace with the name of this type.
using ContainerEngine = Plimsoll.Images.Tests.Samples.Docker;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A Kubernetes to install into.</summary>
/// <param name="Kubeconfig">The file that says where it is and who may do what.</param>
/// <param name="Registry">Host and port of a registry without TLS, the same for its nodes, its pods and the tests.</param>
/// <param name="Load">Brings images of the Docker engine into its nodes.</param>
/// <param name="End">Takes it away again, where the tests have started it.</param>
internal sealed record Cluster(string Kubeconfig, string Registry, Func<string[], Task> Load, Func<ValueTask> End)
{
    /// <summary>The one that is given, else one of our own; or why there is none.</summary>
    public static async Task<(Cluster? Cluster, string? Missing)> Find()
    {
        var given = Variable("KUBECONFIG");
        if (given is null && await K3s.Missing() is { } noEngine)
            return (null, $"there is no cluster: PLIMSOLL_E2E_KUBECONFIG names none, and {noEngine}");
        if (given is not null && !File.Exists(given))
            return (null, $"PLIMSOLL_E2E_KUBECONFIG names {given}, which does not exist");
        foreach (var (program, why) in (ReadOnlySpan<(string, string)>)[("kubectl", "asks the cluster"), ("skopeo", "brings images into the registry"), ("busybox", "is what is in these images (busybox-static)")])
            if (Tool.PathOf(program) is null)
                return (null, $"{program} is not installed: it {why}");
        if (File.ReadAllBytes(Tool.PathOf("busybox")!).AsSpan().IndexOf("/ld-linux"u8) >= 0)
            return (null, "this busybox needs libraries, and is to be alone in an image: install busybox-static");
        if (Helm.Program is null)
            return (null, "there is no helm on the path, and none under .cache/helm, where ./eng/test puts it");
        if (await ContainerEngine.Missing() is { } noImages)
            return (null, $"the product's images come from a Docker engine, and {noImages}");
        if (given is null)
            return await K3s.Start();
        if (Variable("LOAD") is not { } load)
            return (null, "PLIMSOLL_E2E_LOAD names no command that brings images, whose names are its arguments, into the nodes of that cluster");
        return Variable("REGISTRY") is { } registry
            ? (new Cluster(given, registry, images => Bring(load, images), () => ValueTask.CompletedTask), null)
            : (null, "PLIMSOLL_E2E_REGISTRY names no registry (host:port, without TLS) that the nodes and pods of that cluster and this machine all reach under the same name");
    }

    public static string? Variable(string name) => Environment.GetEnvironmentVariable($"PLIMSOLL_E2E_{name}") is { Length: > 0 } value ? value : null;

    // A command, so with whatever the shell makes of it; the names are arguments behind it.
    static async Task Bring(string load, string[] images) => _ = (await Command.Run("bash", ["-c", $"{load} \"$@\"", load, .. images])).Text;
}
