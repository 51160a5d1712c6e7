using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>What needs no engine.</summary>
public sealed partial class DockerfileTests
{
    static string Read(string path) => File.ReadAllText(Repository.At(path));

    static string Shared(string dockerfile) => dockerfile[dockerfile.IndexOf("ARG SDK_IMAGE", StringComparison.Ordinal)..dockerfile.IndexOf("# For `skaffold dev`", StringComparison.Ordinal)];

    [Fact]
    public void Both_begin_with_the_same_stages_word_for_word() => Assert.Equal(Shared(Read("Dockerfile.api")), Shared(Read("Dockerfile.worker")));

    // But for the program that it runs, so that a builder runs it once as well.
    [Fact]
    public void Both_have_the_same_stage_for_the_inner_loop()
    {
        static string[] Dev(string dockerfile) => [.. dockerfile[dockerfile.IndexOf("# For `skaffold dev`", StringComparison.Ordinal)..dockerfile.IndexOf("FROM $RUNTIME_IMAGE", StringComparison.Ordinal)].Split('\n')];
        var (api, worker) = (Dev(Read("Dockerfile.api")), Dev(Read("Dockerfile.worker")));
        var entrypoint = Assert.Single(Enumerable.Range(0, api.Length), i => api[i] != worker[i]);
        Assert.Equal(api[entrypoint], worker[entrypoint].Replace("Worker", "Api", StringComparison.Ordinal));
    }

    [Theory, InlineData("Dockerfile.api", "api"), InlineData("Dockerfile.worker", "worker")]
    public void Each_has_its_targets_and_takes_nothing_from_elsewhere(string path, string target)
    {
        var dockerfile = Read(path);
        Assert.Equal(["restore", "build", "dev", target], Stage().Matches(dockerfile).Select(stage => stage.Groups[1].Value));
        Assert.DoesNotContain("# syntax=", dockerfile);
        Assert.DoesNotMatch("(?m)^(ARG|ENV).*(SECRET|PASSWORD|TOKEN|DATABASE_URL|REDIS_URL)", dockerfile);
    }

    [Fact]
    public void The_SDK_of_the_base_image_is_that_of_global_json()
    {
        var sdk = JsonDocument.Parse(Read("global.json")).RootElement.GetProperty("sdk").GetProperty("version").GetString();
        Assert.Contains($"ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:{sdk}\n", Read("Dockerfile.api"));
    }

    [Fact]
    public void Every_project_that_is_published_is_restored_from_its_own_files()
    {
        var dockerfile = Read("Dockerfile.api");
        var seen = new HashSet<string>();
        void Follow(string project)
        {
            if (!seen.Add(project))
                return;
            Assert.Contains($"COPY src/{project}/{project}.csproj src/{project}/packages.lock.json src/{project}/\n", dockerfile);
            foreach (Match reference in Reference().Matches(Read($"src/{project}/{project}.csproj")))
                Follow(reference.Groups[1].Value);
        }
        Follow("Api");
        Follow("Worker");
        Assert.Equal(["Api", "Client", "Engine", "Store", "Worker"], seen.Order());
    }

    // As .dockerignore lets them in: what is not in the repository is what it leaves out.
    [Fact]
    public void A_build_reads_the_sources_and_little_of_them()
    {
        Assert.Equal(["*", "**/bin", "**/obj"], Read(".dockerignore").Split('\n').Where(line => line.StartsWith('*')));
        var without = Read(".dockerignore").Split('\n').Where(line => line.StartsWith("src/", StringComparison.Ordinal)).Select(line => Repository.At(line + "/")).ToList();
        var read = Read(".dockerignore").Split('\n').Where(line => line.StartsWith('!')).Select(line => Repository.At(line[1..]))
            .SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [path])
            .Where(path => !without.Any(folder => path.StartsWith(folder, StringComparison.Ordinal)) && !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal));
        Assert.InRange(read.Sum(path => new FileInfo(path).Length), 1, 3 << 19);
    }

    [GeneratedRegex(@"(?m)^FROM .* AS ([a-z-]+)$")]
    private static partial Regex Stage();

    [GeneratedRegex(@"ProjectReference Include=""\.\./([A-Za-z]+)/")]
    private static partial Regex Reference();
}
