using System.Diagnostics;
using System.Runtime.Versioning;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>The scripts that make a release, as far as they can be tried without making one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ReleaseScriptTests
{
    static readonly string Version = System.Text.RegularExpressions.Regex.Match(File.ReadAllText(Repository.At("Directory.Build.props")), "<Version>(.+)</Version>").Groups[1].Value;

    public static TheoryData<string> Scripts => [.. Directory.GetFiles(Repository.At("eng"), "release-*").Append("inspect-image").Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    static async Task<Outcome> Run(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program.Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, program) : program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, output, await error);
    }

    [Theory, MemberData(nameof(Scripts))]
    public async Task It_explains_itself_and_refuses_what_it_does_not_know(string script)
    {
        var help = (await Run(Repository.Root, $"eng/{script}", "--help")).Succeeded().Output;
        Assert.Contains($"\n  eng/{script} ", help);
        Assert.DoesNotContain("set -euo", help);
        var wrong = await Run(Repository.Root, $"eng/{script}", "--tga", "v1");
        Assert.Equal(64, wrong.Code);
        Assert.Contains("--help", wrong.Error);
    }

    [Theory]
    [InlineData("release-images", "--registry", "registry.example"), InlineData("release-chart", "--package"), InlineData("release-cli"), InlineData("release-page")]
    public async Task A_tag_that_is_not_the_version_releases_nothing(string script, params string[] arguments)
    {
        var run = await Run(Repository.Root, $"eng/{script}", [.. arguments, "--tag", "v99.0.0"]);
        Assert.Equal(1, run.Code);
        Assert.Matches($"^eng/{script}: the tag is v?99.0.0, but Directory.Build.props says {Version}\n$", run.Error);
    }

    [Fact]
    public async Task Images_are_built_for_every_platform_from_a_commit_and_from_nothing_else()
    {
        Assert.SkipWhen(!Path.Exists(Repository.At(".git")), "this is no clone, and the script asks git for the commit");
        using var folder = new TemporaryFolder();
        (await Run(folder.Root, "git", "clone", "--quiet", "--depth", "1", $"file://{Repository.Root}", "clone")).Succeeded();
        var clone = folder.At("clone");
        var commands = (await Run(clone, "eng/release-images", "--registry", "registry.example/team", "--tag", $"v{Version}", "--dry-run")).Succeeded().Output.TrimEnd().Split('\n');
        Assert.Equal(3, commands.Length);
        var commit = (await Run(clone, "git", "rev-parse", "HEAD")).Succeeded().Output.TrimEnd();
        Assert.All(commands.Zip(["api", "worker", "operator"]), pair =>
        {
            Assert.StartsWith($"docker buildx build --file Dockerfile.{(pair.Second == "api" ? "api" : "worker")} --target {pair.Second} --platform linux/amd64,linux/arm64 --provenance=mode=max --sbom=true ", pair.First);
            Assert.Contains($"--build-arg VERSION={Version} --build-arg REVISION={commit} ", pair.First);
            Assert.EndsWith($" --tag registry.example/team/plimsoll/{pair.Second}:{Version} --push .", pair.First);
        });
        folder.Write("clone/notes.txt", "not committed");
        var refused = await Run(clone, "eng/release-images", "--registry", "registry.example/team", "--dry-run");
        Assert.Equal((1, "eng/release-images: the work tree has changes: notes.txt\n"), (refused.Code, refused.Error));
    }

    [Fact]
    public void The_chart_has_the_version_of_the_programs_and_names_their_images_by_it()
    {
        var chart = Yaml.Documents(File.ReadAllText(Repository.At("charts/plimsoll/Chart.yaml"))).Single();
        Assert.Equal((Version, Version), ((string?)chart["version"], (string?)chart["appVersion"]));
    }

    // Helm refuses a chart whose version it cannot read, but not one whose image has another.
    [Fact]
    public async Task A_chart_that_names_another_version_is_not_packaged()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["eng/release-chart", "Directory.Build.props", "charts/plimsoll/Chart.yaml"])
            folder.Write(file, File.ReadAllText(Repository.At(file)).Replace($"appVersion: {Version}", "appVersion: 0.0.9", StringComparison.Ordinal));
        Runnable.Make(folder.At("eng/release-chart"));
        var run = await Run(folder.Root, "eng/release-chart", "--package");
        Assert.Equal((1, $"eng/release-chart: appVersion of Chart.yaml is 0.0.9, but Directory.Build.props says {Version}\n"), (run.Code, run.Error));
    }

    [Fact]
    public async Task The_page_of_a_release_has_every_archive_or_is_not_made()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["eng/release-page", "Directory.Build.props"])
            folder.Write(file, File.ReadAllText(Repository.At(file)));
        Runnable.Make(folder.At("eng/release-page"));
        foreach (var platform in (string[])["linux-x64", "linux-arm64"])
        {
            Assert.Contains($"out/ has no plimsoll-{Version}-{platform}.tar.gz", (await Page()).Error);
            folder.Write($"out/plimsoll-{Version}-{platform}.tar.gz", platform);
            var digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(platform)));
            folder.Write($"out/SHA256SUMS-{platform}", $"{digest}  plimsoll-{Version}-{platform}.tar.gz\n");
        }
        Assert.StartsWith($"gh release create v{Version} --verify-tag ", (await Page()).Succeeded().Output);
        Assert.Equal(2, File.ReadAllLines(folder.At("out/SHA256SUMS")).Length);
        folder.Write($"out/plimsoll-{Version}-linux-x64.tar.gz", "something else");
        Assert.Contains("is not what its checksum says", (await Page()).Error);
        Task<Outcome> Page() => Run(folder.Root, "eng/release-page", "--tag", $"v{Version}", "--dry-run");
    }
}
