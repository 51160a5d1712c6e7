using System.Text.Json;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class RolloutListTests
{
    [Fact]
    public async Task Each_rollout_has_its_verdict_and_where_it_is()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        var lines = (await kubectl.RunOn("160", "--all-namespaces")).Exits(0).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["get", "imagerollouts.plimsoll.dev", "--all-namespaces", "-o", "json"], kubectl.Asked);
        Assert.Equal(21, lines.Length);
        Assert.Matches("^namespace +name +target +image +digest +verdict +status +age$", lines[0]);
        Assert.Matches("^shop +checkout +Deployment/checkout +registry.example/shop/checkout:1.4.2 +b1aa0e580db7 +Fail +Blocked: GateFailed +12d$", lines[4]);
        Assert.Matches("^shop +email .* 34ab26e9446d +Undecided +Gating: NoAdvisoryData +12d$", lines[6]);
        Assert.Matches("^shop +accounts .* Pass +Done +12d$", lines[1]);
        Assert.Matches("^store +watcher .* - +- +Pending +2[0-9]s$", lines[20]);
    }

    [Fact]
    public async Task Where_there_is_no_room_the_image_stands_below()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        var lines = (await kubectl.RunOn("80", "-n", "shop")).Exits(0).Output.Split('\n');
        Assert.Matches("^name +target +verdict +status +age$", lines[0]);
        Assert.Matches("^checkout +Deployment/checkout +Fail +Blocked: GateFailed +12d$", lines[7]);
        Assert.Equal("  registry.example/shop/checkout:1.4.2  b1aa0e580db7", lines[8]);
    }

    [Fact]
    public async Task The_first_that_is_stuck_is_named_with_what_tells_why()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        var run = (await kubectl.Run("--context", "eu west")).Exits(0);
        Assert.Equal("-> plimsoll rollouts explain checkout '--context=eu west' -n shop says why\n", run.Error);
    }

    [Fact]
    public async Task What_kubectl_is_given_stays_one_word_each()
    {
        using var kubectl = Kubectl.Answering("""{"items":[]}""");
        (await kubectl.Run("-n", "a; touch /tmp/x", "--context=--token", "--kubeconfig", "$(id)")).Exits(0);
        Assert.Equal(["--kubeconfig=$(id)", "--context=--token", "get", "imagerollouts.plimsoll.dev", "--namespace=a; touch /tmp/x", "-o", "json"], kubectl.Asked);
    }

    [Fact]
    public async Task Json_tells_programs_the_same()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        var run = (await kubectl.Run("-A", "--format", "json")).Exits(0);
        using var answer = JsonDocument.Parse(run.Output);
        Assert.Equal(1, answer.RootElement.GetProperty("schemaVersion").GetInt32());
        var rollouts = answer.RootElement.GetProperty("rollouts").EnumerateArray().ToList();
        Assert.Equal(RolloutSample.Names, rollouts.Select(rollout => rollout.GetProperty("name").GetString()));
        var blocked = rollouts[3];
        Assert.Equal(("Fail", "Blocked", "GateFailed"), (blocked.GetProperty("verdict").GetString(), blocked.GetProperty("phase").GetString(), blocked.GetProperty("reason").GetString()));
        Assert.Equal(71, blocked.GetProperty("digest").GetString()!.Length);
        Assert.False(rollouts[^1].TryGetProperty("verdict", out _));
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task A_namespace_without_rollouts_says_so_and_is_no_error()
    {
        using var kubectl = Kubectl.Answering("""{"apiVersion":"v1","items":[],"kind":"List"}""");
        var run = (await kubectl.Run("-n", "empty")).Exits(0);
        Assert.Empty(run.Output);
        Assert.StartsWith("plimsoll: there is no ImageRollout in namespace empty: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("\"rollouts\": []", (await kubectl.Run("--format", "json")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{}]}""")]
    [InlineData("""{"items":[null,{"metadata":null,"spec":null,"status":null}]}""")]
    [InlineData("""{"items":[{"status":{"phase":"Blocked","conditions":[null,{}],"gate":{"violations":[null,{}],"summary":{}},"history":[null,{}],"failedDigests":[{}],"rollout":{},"image":{}}}]}""")]
    [InlineData("""{"items":[{"apiVersion":"plimsoll.dev/v9","spec":{"image":"","more":[1,{"a":{}}]},"status":{"phase":"Pondering","gate":{"verdict":"Perhaps"}}}]}""")]
    public async Task What_another_version_leaves_out_or_adds_is_no_error(string json)
    {
        using var kubectl = Kubectl.Answering(json);
        Assert.Contains("(no kind)/(no name)", (await kubectl.Run()).Exits(0).Output, StringComparison.Ordinal);
        Assert.Contains("default/(no name)", (await kubectl.Run("explain", "any", "-A")).Exits(0).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("60")]
    [InlineData("80")]
    [InlineData("100")]
    [InlineData("160")]
    public async Task No_line_is_wider_than_the_screen(string columns)
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        foreach (var arguments in (string[][])[["-A"], ["-n", "shop"], ["explain", "any", "-A"]])
        {
            var run = (await kubectl.RunOn(columns, arguments)).Exits(0);
            // What is there to be copied stays whole.
            Assert.All(run.Output.Split('\n').Where(line => !line.Contains(" kubectl ", StringComparison.Ordinal) && !line.Contains("https://", StringComparison.Ordinal)),
                line => Assert.True(line.Length <= int.Parse(columns), $"{line.Length} columns: {line}"));
        }
    }
}
