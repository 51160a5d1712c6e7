using System.Runtime.Versioning;
using Microsoft.Extensions.FileSystemGlobbing;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>
/// What <c>skaffold.yaml</c> says, held against the repository: its fields, and what it names. <see cref="SkaffoldReleaseTests"/> holds it against the chart.
/// Not covered: Skaffold itself, and a cluster.
/// </summary>
[UnsupportedOSPlatform("windows")]
public sealed class SkaffoldTests
{
    static Skaffold With(string profiles) => Skaffold.With(profiles.Split(' '));

    [Theory, MemberData(nameof(Skaffold.Combinations), MemberType = typeof(Skaffold))]
    public void Each_field_is_one_of_Skaffolds(string profiles)
    {
        var config = With(profiles).Config;
        Assert.Equal("skaffold/v4beta14", (string?)config["apiVersion"]);
        Assert.Empty(SkaffoldFields.Unknown(config));
        config["build"]!["local"]!["useBuildKit"] = true;
        Assert.Equal(["build.local.useBuildKit"], SkaffoldFields.Unknown(config));
    }

    [Theory, MemberData(nameof(Skaffold.Combinations), MemberType = typeof(Skaffold))]
    public void Each_build_names_a_target_of_its_Dockerfile(string profiles) => Assert.All(With(profiles).Builds, build =>
    {
        var (program, target) = (((string)build["image"]!).Split('/')[1], (string)build["docker"]!["target"]!);
        // The operator is made where the worker is.
        Assert.Equal($"Dockerfile.{(program == "operator" ? "worker" : program)}", (string?)build["docker"]!["dockerfile"]);
        Assert.Equal(profiles.Contains("dev", StringComparison.Ordinal) ? "dev" : program, target);
        Assert.Matches($"(?m)^FROM .* AS {target}$", File.ReadAllText(Repository.At((string)build["docker"]!["dockerfile"]!)));
    });

    [Fact]
    public void What_it_names_is_there()
    {
        var skaffold = Skaffold.With();
        Assert.Equal(Helm.Folder, Repository.At((string)skaffold.Release["chartPath"]!));
        var images = skaffold.Builds.Select(build => (string)build["image"]!).ToList();
        Assert.Equal(images, Rendering.List(skaffold.Config["test"]).Select(test => (string)test["image"]!));
        Assert.All(Rendering.List(skaffold.Config["test"]).SelectMany(test => Rendering.List(test["custom"])), test =>
        {
            Assert.Equal("eng/inspect-image \"$IMAGE\"", (string?)test["command"]);
            Assert.True(File.GetUnixFileMode(Repository.At("eng/inspect-image")).HasFlag(UnixFileMode.UserExecute));
            Assert.All(test["dependencies"]!["paths"]!.AsArray(), path => Assert.True(File.Exists(Repository.At((string)path!)), $"there is no {path}"));
        });
        Assert.All(Rendering.List(skaffold.Config["verify"]), verify => Assert.Contains((string)verify["container"]!["image"]!, images));
    }

    [Fact]
    public void What_changes_in_a_pod_is_code_that_the_build_reads()
    {
        var rules = With("dev").Builds.SelectMany(build => Rendering.List(build["sync"]!["manual"])).ToList();
        Assert.Equal(2, rules.Count);
        var ignored = File.ReadAllLines(Repository.At(".dockerignore"));
        Assert.All(rules, rule =>
        {
            var matched = new Matcher().AddInclude((string)rule["src"]!).GetResultsInFullPath(Repository.Root).Select(file => Path.GetRelativePath(Repository.Root, file)).ToList();
            Assert.Superset(new HashSet<string> { "src/Api/Serve.cs", "src/Worker/Serve.cs", "src/Engine/Inspector.cs", "src/Store/Hosting/Verbs.cs" }, matched.ToHashSet());
            Assert.All(matched, file => Assert.Contains(ignored, line => line.StartsWith('!') && file.StartsWith($"{line[1..]}/", StringComparison.Ordinal)));
            Assert.Equal(".", (string?)rule["dest"]);
        });
        // Where the files go: the folder that the image's copy of src lies in.
        Assert.All(["api", "worker"], program => Assert.Matches(@"AS dev\n(.*\n)*?WORKDIR /source\n(.*\n)*?COPY --chown=1000:1000 src src\n", File.ReadAllText(Repository.At($"Dockerfile.{program}"))));
        Assert.Null(With("").Builds[0]["sync"]);
    }
}
