using System.Text;
using Plimsoll.Engine.Tests.Samples;
using Testcontainers.K3s;
// A library here has a namespace with the name of this type.
using ContainerEngine = Plimsoll.Images.Tests.Samples.Docker;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>A k3s of our own in a container, and beside it a registry on the address under which containers see this machine.</summary>
internal static class K3s
{
    /// <summary>What the client asks for at least.</summary>
    static readonly Version Least = new(1, 44);

    static string Image => Cluster.Variable("K3S_IMAGE") ?? "rancher/k3s:v1.34.2-k3s1";

    /// <summary>Why there can be none; null when there can.</summary>
    public static async Task<string?> Missing()
    {
        if (await ContainerEngine.Missing() is { } reason)
            return reason;
        var version = (await ContainerEngine.Run("version", "--format", "{{.Server.APIVersion}}")).Text;
        return Version.Parse(version) < Least ? $"a k3s of its own needs a Docker engine with API {Least}, and this one has {version}" : null;
    }

    public static async Task<(Cluster? Cluster, string? Missing)> Start()
    {
        if (Tool.PathOf("docker-registry") is null)
            return (null, "docker-registry is not installed: nodes pull from it what is rolled out");
        if ((await ContainerEngine.Run("image", "inspect", Image)).ExitCode != 0 && await ContainerEngine.Run("pull", "--quiet", Image) is { ExitCode: not 0 } pulled)
            return (null, $"{Image} is not there and cannot be pulled (PLIMSOLL_E2E_K3S_IMAGE names another): {pulled.Error.Trim().Split('\n')[^1]}");
        var registry = await RegistryServer.Start(address: (await ContainerEngine.Run("network", "inspect", "bridge", "--format", "{{(index .IPAM.Config 0).Gateway}}")).Text);
        var container = new K3sBuilder(Image)
            .WithResourceMapping(Encoding.UTF8.GetBytes($"mirrors:\n  \"{registry.Host}\":\n    endpoint: [\"http://{registry.Host}\"]\n"), "/etc/rancher/k3s/registries.yaml").Build();
        var folder = new TemporaryFolder();
        await container.StartAsync(TestContext.Current.CancellationToken);
        return (new Cluster(folder.Write("kubeconfig", await container.GetKubeconfigAsync()), registry.Host, images => Import(container, folder, images), async () =>
        {
            await container.DisposeAsync();
            await registry.DisposeAsync();
            folder.Dispose();
        }), null);
    }

    static async Task Import(K3sContainer container, TemporaryFolder folder, string[] images)
    {
        _ = (await ContainerEngine.Run(["save", "--output", folder.At("images.tar"), .. images])).Text;
        await container.CopyAsync(new FileInfo(folder.At("images.tar")), "/tmp/");
        var imported = await container.ExecAsync(["ctr", "--namespace", "k8s.io", "images", "import", "/tmp/images.tar"], TestContext.Current.CancellationToken);
        Assert.True(imported.ExitCode == 0, $"ctr: {imported.Stderr}");
    }
}
