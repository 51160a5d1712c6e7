using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>
/// <c>docs/airgap.md</c> as it is written: its blocks run one after the other in a copy of the repository, with a registry on loopback and stand-ins for what cannot be pulled.
/// Not covered: <c>helm install</c> and <c>ctr</c>, which only a cluster answers; the page shows them as text.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class AirGapTests(BuiltImages images)
{
    [Fact]
    public async Task What_the_page_says_works_as_it_stands()
    {
        _ = images.Api;
        var helm = Helm.Newest.Program;
        var (sdk, runtime, postgres, redis) = await BuiltImages.Others();
        await using var registry = await RegistryServer.Start();
        using var copy = await SourceCopy.Make();
        string[] author = ["-c", "user.name=test", "-c", "user.email=test@example.com"];
        foreach (var words in (string[][])[["init", "--quiet"], ["add", "--all"], [.. author, "commit", "--quiet", "--message", "as it is"]])
            _ = (await Command.RunIn(copy.Root, "git", words)).Text;
        var script = copy.Write("as-written.sh", "set -euxo pipefail\n" + string.Join('\n', Blocks().Matches(await File.ReadAllTextAsync(Repository.At("docs/airgap.md"), Ct)).Select(block => block.Groups[1].Value)));

        var run = await Command.RunIn(copy.Root, "bash", [script],
            ("REGISTRY", registry.Host), ("POSTGRES", postgres), ("REDIS", redis), ("SDK_IMAGE", sdk), ("RUNTIME_IMAGE", runtime), ("DOCKER_BUILDKIT", "1"),
            ("PATH", $"{Path.GetDirectoryName(helm)}:{Path.GetDirectoryName(Docker.Program)}:{Environment.GetEnvironmentVariable("PATH")}"));

        Assert.True(run.ExitCode == 0, $"exit code {run.ExitCode}\n{run.Error[^Math.Min(run.Error.Length, 6000)..]}");
        var crossed = new DirectoryInfo(copy.At("out/airgap")).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
        TestContext.Current.TestOutputHelper!.WriteLine($"measured: images: {crossed / 1_000_000} MB cross an air gap, databases included");
        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(copy.At("out/airgap/api.json"), Ct));
        var image = report.RootElement.GetProperty("images")[0];
        Assert.Empty(image.GetProperty("findings").EnumerateArray());
        Assert.Equal("no-advisory-data", image.GetProperty("verdict").GetProperty("reason").GetString());
    }

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [GeneratedRegex(@"(?s)```sh\n(.*?)```")]
    private static partial Regex Blocks();
}
