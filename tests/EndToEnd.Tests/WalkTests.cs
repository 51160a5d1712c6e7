using Plimsoll.EndToEnd.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary>
/// <c>docs/rollouts.md</c> as it is written: its commands run one after the other against the cluster, and what they print is what the page shows.
/// <c>eng/capture-docs</c> has it written into the page.
/// </summary>
[Trait("Category", "Slow")]
public sealed class WalkTests(Installation installation) : IAsyncDisposable
{
    /// <summary>The namespace that the page makes.</summary>
    const string Shop = "shop";

    readonly TemporaryFolder _folder = new();
    bool _isOurs;

    [Fact]
    public async Task The_walk_works_as_it_stands()
    {
        var registry = installation.Cluster.Registry;
        Assert.False((await installation.Kubectl.Try("get", "namespace", Shop)).ExitCode == 0, $"there is a namespace {Shop} in this cluster, which the page makes");
        _isOurs = true;
        var stable = new Stable();
        foreach (var (tag, app) in ((string, AppImage)[])[("1.0", new()), ("1.1", new() { Leftovers = 16 << 20 }), ("1.2", new()), ("1.3", new() { Crashes = true })])
            stable.Digest(await app.Push($"{registry}/shop/web:{tag}"), $"shop/web:{tag}");
        stable.Name(registry, "registry.example");
        stable.Name(Installation.Namespace, "plimsoll");
        var page = new Page(Repository.At("docs/rollouts.md"));
        var printed = new Dictionary<string, string>();

        foreach (var (command, output) in page.Steps)
        {
            var run = await Run(command.Replace("--namespace plimsoll", $"--namespace {Installation.Namespace}", StringComparison.Ordinal), registry);
            Assert.True(run.ExitCode == 0, $"{command}exit code {run.ExitCode}\n{run.Output}{run.Error}\n{await Observer.Describe(installation.In(Shop))}");
            if (output is not null)
                page.Show(output, printed[output] = stable.Of(run.Output, agesEndTheirColumn: command.Contains("plimsoll rollouts", StringComparison.Ordinal)));
        }

        Assert.Contains("Blocked", printed["blocked"]);
        Assert.Contains("limits.size", printed["explained"]);
        Assert.Contains("Done", printed["passed"]);
        Assert.Contains("SmokeFailed", printed["crashed"]);
        if (Cluster.Variable("CAPTURE") is not null)
            page.Write();
    }

    // The page sets the namespace of kubectl, which stays in a copy of the configuration.
    async Task<Outcome> Run(string command, string registry)
    {
        if (!File.Exists(_folder.At("kubeconfig")))
        {
            File.Copy(installation.Kubectl.Kubeconfig, _folder.At("kubeconfig"));
            _ = (await Command.Run("chmod", ["u+x", _folder.Write("bin/plimsoll", $"#!/bin/sh\nexec dotnet '{Program}' \"$@\"\n")])).Text;
        }
        return await Command.RunIn(_folder.Root, "bash", ["-euo", "pipefail", "-c", command], ("KUBECONFIG", _folder.At("kubeconfig")), ("REGISTRY", registry), ("NO_COLOR", "1"), ("COLUMNS", "120"),
            ("PATH", $"{_folder.At("bin")}:{Path.GetDirectoryName(Helm.Program)}:{Environment.GetEnvironmentVariable("PATH")}"));
    }

    // The command line, as this build made it.
    static string Program => Repository.At($"src/Cli/bin/{(AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug")}/net10.0/plimsoll.dll");

    public async ValueTask DisposeAsync()
    {
        if (_isOurs)
            await installation.Kubectl.Run("delete", "namespace", Shop, "--ignore-not-found", "--timeout=2m");
        _folder.Dispose();
    }
}
