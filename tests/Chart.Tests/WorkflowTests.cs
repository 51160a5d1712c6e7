using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>The workflows of GitHub: that they do nothing but call the scripts in <c>eng/</c>, with no more rights than that takes.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class WorkflowTests
{
    static readonly Dictionary<string, string> Triggers = new()
    {
        ["ci"] = """{"push":{"branches":["main"]},"pull_request":null}""",
        ["release"] = """{"push":{"tags":["v*"]}}""",
    };

    /// <summary>What each job may do: nothing that is not here.</summary>
    static readonly Dictionary<string, string[]> Rights = new()
    {
        ["ci/test"] = ["contents: read"],
        ["release/test"] = ["contents: read"],
        ["release/images"] = ["contents: read", "packages: write"],
        ["release/chart"] = ["contents: read", "packages: write"],
        ["release/cli"] = ["contents: read", "id-token: write", "attestations: write"],
        ["release/page"] = ["contents: write"],
    };

    public static TheoryData<string> Names => [.. Directory.GetFiles(Repository.At(".github/workflows")).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    static JsonObject Read(string name) => Yaml.Documents(File.ReadAllText(Repository.At($".github/workflows/{name}.yml"))).Single();

    static IEnumerable<KeyValuePair<string, JsonObject>> Jobs(string name) => Read(name)["jobs"]!.AsObject().Select(job => KeyValuePair.Create(job.Key, job.Value!.AsObject()));

    static IEnumerable<string> Commands(string name) => Jobs(name).SelectMany(job => Rendering.List(job.Value["steps"])).Select(step => (string?)step["run"]).OfType<string>();

    [Theory, MemberData(nameof(Names))]
    public void It_starts_when_it_should_and_ends_in_time(string name)
    {
        var workflow = Read(name);
        Assert.Equal(Triggers[name], workflow["on"]!.ToJsonString());
        Assert.NotNull(workflow["concurrency"]!["group"]);
        Assert.All(Jobs(name), job => Assert.InRange((int)job.Value["timeout-minutes"]!, 1, 90));
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_job_has_the_rights_that_it_takes_and_no_others(string name)
    {
        Assert.Equal("{}", Read(name)["permissions"]!.ToJsonString());
        Assert.All(Jobs(name), job => Assert.Equal(Rights[$"{name}/{job.Key}"], job.Value["permissions"]!.AsObject().Select(right => $"{right.Key}: {right.Value}")));
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_step_is_an_action_of_a_major_version_or_a_script_of_this_repository(string name) => Assert.All(Jobs(name).SelectMany(job => Rendering.List(job.Value["steps"])), step =>
    {
        if ((string?)step["uses"] is { } action)
        {
            Assert.Matches("^(actions|docker)/[a-z-]+@v[0-9]+$", action);
            // The token of the job is for the steps that are given it.
            Assert.True(!action.StartsWith("actions/checkout@", StringComparison.Ordinal) || !(bool)step["with"]!["persist-credentials"]!);
            return;
        }
        var command = Command().Match((string)step["run"]!);
        Assert.True(command.Success, $"more than a script: {step["run"]}");
        // What GitHub puts into text is put in before a shell reads it, so that a name could be a command.
        Assert.DoesNotContain("${{", (string)step["run"]!);
        var script = Repository.At(command.Groups["script"].Value);
        Assert.True(File.Exists(script) && File.GetUnixFileMode(script).HasFlag(UnixFileMode.UserExecute), $"there is no script {script}");
        Assert.All(Option().Matches((string)step["run"]!), option => Assert.Contains($"    {option.Value})", File.ReadAllText(script).Replace(" | ", ")\n    ", StringComparison.Ordinal), StringComparison.Ordinal));
    });

    [Fact]
    public void Nothing_is_released_before_every_test_has_passed()
    {
        var jobs = Jobs("release").ToDictionary();
        Assert.Equal(["eng/test"], Commands("ci"));
        Assert.Equal("eng/test", (string?)Rendering.List(jobs["test"]["steps"])[^1]["run"]);
        Assert.All(jobs.Keys.Where(job => job != "test"), job => Assert.Contains("test", Before(job)));
        IEnumerable<string> Before(string job) => (jobs[job]["needs"] switch { JsonArray list => list.Select(one => (string)one!), null => [], var one => [(string)one!] }).SelectMany(one => Before(one).Append(one));
    }

    [Fact]
    public void Every_script_that_releases_something_is_called() =>
        Assert.Equal(Directory.GetFiles(Repository.At("eng"), "release-*").Select(file => $"eng/{Path.GetFileName(file)}").Order(), Commands("release").Select(command => command.Split(' ')[0]).Where(script => script != "eng/test").Order());

    [GeneratedRegex(@"^(?<script>eng/[a-z-]+)( [^\n;&|<>`]*)?$")]
    private static partial Regex Command();

    [GeneratedRegex("--[a-z-]+")]
    private static partial Regex Option();
}
