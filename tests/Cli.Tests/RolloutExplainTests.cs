using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Cli.Tests.Samples;

namespace Plimsoll.Cli.Tests;

public sealed class RolloutExplainTests
{
    /// <summary>Of each rollout of the sample: the badge, what is said of it, and what to do.</summary>
    public static TheoryData<string, string, string, string> Each => new()
    {
        { "accounts", "DONE", "registry.example/shop/accounts:1.4.2@sha256:df49d235519a runs", "" },
        { "basket", "PENDING", "there is no StatefulSet basket", "kubectl -n shop get statefulset" },
        { "catalogue", "RESOLVING", "the image could not be looked up: registry.example has no shop/catalogue:1.4.2", "see that spec.image is right" },
        { "checkout", "BLOCKED", "the image fails policy production and is not rolled out; registry.example/shop/checkout:1.4.1@sha256:0d83bde2d906 goes on running", "or exempt it in policy production, with a reason and a date" },
        { "delivery", "INSPECTING", "the image is being inspected", "plimsoll wait 6c2d4b1e-3f7a-4f0e-9b7d-0a6b5c4d3e2f" },
        { "email", "GATING", "no verdict yet: no-advisory-data", "give the service advisory data" },
        { "frontend", "SMOKING", "a pod of its own runs the image first, and is not ready yet", "kubectl -n shop logs -l plimsoll.dev/smoke-of=frontend" },
        { "gateway", "ROLLING", "Deployment gateway is paused", "kubectl -n shop rollout resume deployment/gateway" },
        { "invoices", "VERIFYING", "2 of 3 replicas updated, 1 available", "kubectl -n shop rollout status deployment/invoices" },
        { "labels", "ROLLING BACK", "1 of 3 replicas updated, 2 available", "kubectl -n shop rollout status deployment/labels" },
        { "orders", "ROLLED BACK", "its rollout failed (Kubernetes gave it up: ProgressDeadlineExceeded); registry.example/shop/orders:1.4.1@sha256:2b7272f96643 runs again", "kubectl -n shop get events" },
        { "payments", "BLOCKED", "its smoke pod failed (not ready within 60 s: CrashLoopBackOff), so it is not rolled out", "or mend spec.smoke" },
        { "returns", "BLOCKED", "its rollout failed (not done within 600 s), and it was not rolled back", "kubectl -n shop get pods" },
        { "reviews", "BLOCKED", "no verdict within 10m: http://plimsoll.plimsoll.svc does not answer, so it is not rolled out", "see that the service answers" },
        { "search", "SUSPENDED", "spec.suspend is true", """kubectl -n shop patch imagerollout search --type merge -p '{"spec":{"suspend":false}}'""" },
        { "stock", "DONE", "StatefulSet stock runs registry.example/shop/stock:hotfix", """kubectl -n shop patch imagerollout stock --type merge -p '{"spec":{"drift":"Revert"}}'""" },
        { "stock-again", "STALLED", "stock is older and rolls the same container", "kubectl -n shop delete imagerollout stock-again" },
        { "tax", "DONE", "registry.example/shop/tax:1.4.2@sha256:2ec5440bc105 runs, and no longer passes production", "it runs on, and no longer passes: mend what is listed below" },
        { "warehouse", "STALLED", "DaemonSet node-agent has no container agent", "kubectl -n store get daemonset/node-agent" },
        { "watcher", "PENDING", "the operator has not looked at it yet", "app.kubernetes.io/component=operator" },
    };

    [Theory]
    [MemberData(nameof(Each))]
    public async Task A_rollout_says_why_it_is_where_it_is_and_what_to_do(string name, string badge, string why, string step)
    {
        using var kubectl = Kubectl.Answering(RolloutSample.One(name));
        var run = (await kubectl.RunOn("160", "explain", name)).Exits(0);
        Assert.Equal(["get", "imagerollouts.plimsoll.dev", name, "--ignore-not-found", "-o", "json"], kubectl.Asked);
        var top = run.Output.Split("\n\nImage ")[0];
        Assert.StartsWith($" {badge} ", top, StringComparison.Ordinal);
        Assert.Contains(why, top, StringComparison.Ordinal);
        Assert.Contains(step, top, StringComparison.Ordinal);
        Assert.Matches(@"\nsince \d{4}-\d\d-\d\d \d\d:\d\d UTC, for \d+[smhd]\n", top + "\n");
        Assert.Empty(run.Error);
    }

    [Fact]
    public void The_sample_has_a_rollout_in_every_phase() => Assert.Equal(
        ["Blocked", "Done", "Gating", "Inspecting", "Pending", "Resolving", "RolledBack", "Rolling", "RollingBack", "Smoking", "Stalled", "Suspended", "Verifying"],
        RolloutSample.List()["items"]!.AsArray().Select(item => item!["status"]?["phase"]?.GetValue<string>()).OfType<string>().Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public async Task Each_rule_that_failed_stands_with_its_limit_what_was_measured_and_what_would_make_it_pass()
    {
        var page = await Page("checkout");
        Assert.Matches("\nPolicy production -+ Fail \\| revision 7 \\| 2m ago\n", page);
        Assert.Matches("\n  x  vulnerabilities.failOn  high     7 at or above\n +-> update openssl to 3.0.15-1~deb12u1 \\(CVE-2024-5535, CVE-2024-4741\\)", page);
        Assert.Matches("\n  x  limits.size +250 MiB  288 MiB \\(301,989,888 bytes\\)\n +-> remove 38 MiB", page);
        Assert.Contains("\n  vulnerable  2 critical | 5 high | 12 medium | 30 low | 7 fixable\n  besides     4 findings | 1 secret | 288.0 MiB\n", page, StringComparison.Ordinal);
        Assert.Contains("  report      https://plimsoll.example/inspections/", page, StringComparison.Ordinal);
        Assert.Matches("\nHistory -+ the newest first\n +9d  RolledOut .*checkout:1.4.1@sha256:0d83bde2d906\n +11d  RolledOut ", page);
    }

    [Fact]
    public async Task The_rule_of_one_platform_names_it() =>
        Assert.Contains("vulnerabilities.failOn (linux/arm64)  high  1 at or above", await Page("tax"), StringComparison.Ordinal);

    [Fact]
    public async Task A_rollout_under_way_shows_its_replicas_and_its_deadline()
    {
        var page = await Page("invoices");
        Assert.Matches("\nRollout -+ 7m left, until ", page);
        Assert.Contains("#######............. 1 of 3 | 2 updated | 2 ready", page, StringComparison.Ordinal);
        Assert.Contains("last good   registry.example/shop/invoices:1.4.1@sha256:784b9d35f835", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digests_that_failed_are_listed() =>
        Assert.Matches("\nFailed digests -+ not tried again for this spec and policy\n +2h  RolloutFailed +3b0ae69cc9df\n", await Page("orders"));

    [Fact]
    public async Task A_stage_that_was_not_reached_says_so() =>
        Assert.Matches("\n  x  SmokePassed +not ready within 60 s: CrashLoopBackOff +48m\n  -  RolledOut +not reached yet\n", await Page("payments"));

    [Fact]
    public async Task A_status_that_the_definition_filled_in_is_no_look_of_the_operator() => Assert.Contains(
        "\nthe operator has not looked at it yet\n", await Page("watcher", rollout => rollout["status"] = new JsonObject { ["observedGeneration"] = -1 }), StringComparison.Ordinal);

    [Fact]
    public async Task A_token_that_the_service_refuses_is_told_apart_from_a_service_that_is_away() => Assert.Contains(
        "give the operator a token", await Page("reviews", rollout => rollout["status"]!["gate"]!["reason"] = "PlimsollRefusesToken"), StringComparison.Ordinal);

    [Fact]
    public async Task A_spec_that_the_operator_has_not_seen_is_not_explained_by_the_old_status()
    {
        var page = await Page("checkout", rollout => rollout["metadata"]!["generation"] = 4);
        Assert.Contains("the operator has not looked at that yet", page, StringComparison.Ordinal);
        Assert.Contains("see that the operator runs", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deadline_that_nobody_acted_upon_points_at_the_operator()
    {
        var page = await Page("invoices", rollout => rollout["status"]!["rollout"]!["deadlineAt"] = TimeProvider.System.GetUtcNow().AddMinutes(-10).ToString("O"));
        Assert.Contains("its deadline passed 10m ago", page, StringComparison.Ordinal);
        Assert.Contains("see that the operator runs", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_being_deleted_needs_nothing() =>
        Assert.Contains("nothing: it is being deleted", await Page("checkout", rollout => rollout["metadata"]!["deletionTimestamp"] = "2026-01-01T00:00:00Z"), StringComparison.Ordinal);

    [Fact]
    public async Task A_tag_that_is_followed_wants_no_new_name() =>
        Assert.Contains("push it: the tag is looked up again every 5m", await Page("checkout", rollout => (rollout["spec"]!["digestPolicy"], rollout["spec"]!["interval"]) = ("Track", "5m")), StringComparison.Ordinal);

    [Fact]
    public async Task Commands_reach_the_cluster_that_was_asked()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.One("search"));
        var run = (await kubectl.Run("-n", "shop", "--context", "prod", "explain", "search")).Exits(0);
        Assert.Equal(["--context=prod", "get", "imagerollouts.plimsoll.dev", "search", "--ignore-not-found", "--namespace=shop", "-o", "json"], kubectl.Asked);
        Assert.Contains("kubectl --context=prod -n shop patch imagerollout search", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_of_the_cluster_stays_one_word_in_a_command()
    {
        var page = await Page("stock-again", rollout => rollout["metadata"]!["name"] = "x'; rm -rf /; '");
        Assert.Contains(@"kubectl -n shop delete imagerollout 'x'\''; rm -rf /; '\'''", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_namespaces_are_searched_by_name()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.List());
        var run = (await kubectl.Run("explain", "checkout", "-A")).Exits(0);
        Assert.Equal(["get", "imagerollouts.plimsoll.dev", "--field-selector=metadata.name=checkout", "--all-namespaces", "-o", "json"], kubectl.Asked);
        Assert.Contains("\n\n PENDING  store/watcher ", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_the_status_and_what_to_do()
    {
        using var kubectl = Kubectl.Answering(RolloutSample.One("checkout"));
        using var answer = JsonDocument.Parse((await kubectl.Run("explain", "checkout", "--format", "json")).Exits(0).Output);
        var rollout = Assert.Single(answer.RootElement.GetProperty("rollouts").EnumerateArray().ToList());
        Assert.Equal("limits.size", rollout.GetProperty("status").GetProperty("gate").GetProperty("violations")[1].GetProperty("rule").GetString());
        Assert.StartsWith("kubectl -n shop patch imagerollout checkout", rollout.GetProperty("next")[0].GetProperty("command").GetString(), StringComparison.Ordinal);
    }

    static async Task<string> Page(string name, Action<JsonObject>? change = null)
    {
        var rollout = RolloutSample.One(name);
        change?.Invoke(rollout);
        using var kubectl = Kubectl.Answering(rollout);
        return (await kubectl.Run("explain", name)).Exits(0).Output;
    }
}
