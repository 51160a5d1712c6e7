using System.Diagnostics;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

/// <summary>What can go wrong between the program, kubectl and the cluster: each is one line on standard error, and none is waited for without end.</summary>
public sealed class RolloutFaultTests
{
    static readonly TimeSpan AtMost = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_rollout_that_is_not_there_exits_2()
    {
        using var kubectl = new Kubectl("exit 0");
        Complains(await kubectl.Run("explain", "nothing", "-n", "shop"), "there is no ImageRollout 'nothing' in namespace shop: ");
        using var everywhere = Kubectl.Answering("""{"items":[]}""");
        Complains(await everywhere.Run("explain", "nothing", "-A"), "there is no ImageRollout 'nothing' in any namespace: ");
    }

    [Fact]
    public async Task Without_kubectl_on_PATH_it_says_what_to_install()
    {
        using var folder = new Folder();
        Complains(await Tool.Run(["rollouts"], null, ("PATH", folder.Path)), "there is no kubectl on PATH");
    }

    [Fact]
    public async Task A_kubectl_that_is_found_through_a_relative_folder_or_is_no_program_is_not_run()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        using var folder = new Folder();
        folder.Write("kubectl", "#!/bin/sh\necho '{}'\n");
        var relative = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(kubectl.At("kubectl"))!);
        Complains(await Tool.Run(["rollouts"], null, ("PATH", $":.:{relative}:{folder.Path}")), "there is no kubectl on PATH");
        Assert.False(File.Exists(kubectl.At("asked")));
    }

    [Fact]
    public async Task A_cluster_without_the_resource_is_told_to_install_the_chart()
    {
        using var kubectl = new Kubectl("""echo "error: the server doesn't have a resource type \"imagerollouts\"" >&2; exit 1""");
        Complains(await kubectl.Run(), "the cluster has no ImageRollouts: install the chart");
        Complains(await kubectl.Run("explain", "web"), "the cluster has no ImageRollouts: install the chart");
    }

    [Fact]
    public async Task What_kubectl_complains_of_is_shown_without_its_log()
    {
        using var kubectl = new Kubectl("""
            echo 'E1128 06:51:22.847624   20819 memcache.go:265] "Unhandled Error"' >&2
            echo 'The connection to the server 127.0.0.1:1 was refused - did you specify the right host or port?' >&2
            exit 1
            """);
        var run = await kubectl.Run();
        Complains(run, "kubectl failed: The connection to the server 127.0.0.1:1 was refused");
        Assert.DoesNotContain("memcache", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kubectl_that_fails_without_a_word_is_named_by_its_exit_code()
    {
        using var kubectl = new Kubectl("exit 7");
        Complains(await kubectl.Run(), "kubectl failed: it ended with exit code 7 and said nothing");
    }

    [Fact]
    public async Task A_long_hostile_complaint_is_cut_and_made_harmless()
    {
        using var kubectl = new Kubectl("""printf '\033[2Jforbidden\r\n' >&2; head -c 300000 /dev/zero | tr '\0' x >&2; printf '\n\033]0;title\007' >&2; exit 1""");
        var run = await kubectl.Run();
        Complains(run, "kubectl failed: ");
        Assert.True(run.Error.Length < 500, run.Error);
        Assert.DoesNotContain(run.Error, c => c is '\e' or '\r' or '\a');
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("<html>sign in</html>")]
    [InlineData("""{"items":[{"metadata":""")]
    [InlineData("""{"items":{}}""")]
    [InlineData("""{"items":[{"spec":{"image":["a"]}}]}""")]
    [InlineData("""{"items":[{"metadata":{"creationTimestamp":"yesterday"}}]}""")]
    public async Task What_cannot_be_read_is_said_to_be_so(string json)
    {
        using var kubectl = Kubectl.Answering(json);
        Complains(await kubectl.Run(), "what kubectl answers cannot be read");
    }

    [Fact]
    public async Task Nesting_without_end_cannot_be_read_either()
    {
        using var kubectl = Kubectl.Answering($$$"""{"items":[{"spec":{"policy":{{{string.Concat(Enumerable.Repeat("[", 100_000))}}}""");
        Complains(await kubectl.Run(), "what kubectl answers cannot be read");
    }

    [Fact]
    public async Task An_answer_without_end_is_left_off()
    {
        using var kubectl = new Kubectl("exec cat /dev/zero");
        Complains(await kubectl.Run(), "kubectl answers with more than 64 MiB");
    }

    [Fact]
    public async Task A_kubectl_that_hangs_is_ended_with_what_it_started()
    {
        using var kubectl = new Kubectl("""exec 3> "$HERE/alive"; echo 'waiting for the browser' >&2; sleep 600""");
        using var alive = kubectl.Watch();
        Complains(await kubectl.Run("--timeout", "2s"), "kubectl did not answer within 2s; it said: waiting for the browser");
        await alive.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AtMost, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Ctrl_C_ends_kubectl_too()
    {
        using var kubectl = new Kubectl("""exec 3> "$HERE/alive"; echo started >&3; sleep 600""");
        using var alive = kubectl.Watch();
        using var process = Tool.Start(["rollouts"], kubectl.OnPath);
        Assert.Equal("started", await alive.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(AtMost, TestContext.Current.CancellationToken));
        using var kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AtMost, TestContext.Current.CancellationToken);
        Assert.Equal(130, process.ExitCode);
        await alive.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(AtMost, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task The_token_of_the_server_is_not_given_to_kubectl()
    {
        using var kubectl = new Kubectl("""env > "$HERE/environment"; echo '{"items":[]}'""");
        (await Tool.Run(["rollouts"], null, kubectl.OnPath, ("PLIMSOLL_TOKEN", "plm_planted"), ("KUBECONFIG", "/some/file"))).Exits(0);
        var environment = File.ReadAllText(kubectl.At("environment"));
        Assert.Contains("KUBECONFIG=/some/file", environment, StringComparison.Ordinal);
        Assert.DoesNotContain("plm_planted", environment, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("explain any")]
    [InlineData("--format json")]
    [InlineData("explain any --format json")]
    public async Task Texts_of_a_cluster_do_not_reach_the_terminal_raw(string verb)
    {
        using var kubectl = Kubectl.Answering(Poisoned());
        var run = await Tool.Run(["rollouts", .. verb.Split(' ', StringSplitOptions.RemoveEmptyEntries), "-A"], null, kubectl.OnPath, ("FORCE_COLOR", "1"));
        run.Exits(0);
        Assert.Contains("shop", run.Output, StringComparison.Ordinal);
        foreach (var printed in (string[])[run.Output, run.Error])
        {
            Assert.DoesNotContain("\e[2J", printed, StringComparison.Ordinal);
            Assert.DoesNotContain(printed, c => c is '\r' or '\a' or '\u009b' or '\u202e' or '\u200b');
        }
    }

    // Every text of the sample, but for those that say where it is: its phase, its reason, its times.
    static JsonObject Poisoned()
    {
        var list = RolloutSample.List();
        Poison(list["items"]!, "");
        return list;

        static void Poison(JsonNode node, string name)
        {
            if (node is JsonObject map)
                foreach (var (key, value) in map.ToList())
                    Poison(value!, key);
            else if (node is JsonArray array)
                foreach (var item in array.ToList())
                    Poison(item!, name);
            else if (node.GetValueKind() == System.Text.Json.JsonValueKind.String && name is not ("phase" or "reason" or "type" or "status") && !name.EndsWith("At", StringComparison.Ordinal)
                && name is not ("creationTimestamp" or "lastTransitionTime" or "since" or "at"))
                node.ReplaceWith(node.GetValue<string>() + "\e[2J\u009b1mb\rPASS\u202ecod\u200b.exe[red]x[/]\a");
        }
    }

    static void Complains(Outcome run, string start)
    {
        run.Exits(2);
        Assert.StartsWith($"plimsoll: {start}", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Empty(run.Output);
    }
}
