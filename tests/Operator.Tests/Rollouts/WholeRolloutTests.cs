using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>The whole operator, over real HTTP to both sides.</summary>
public sealed class WholeRolloutTests
{
    static readonly SmokeSpec Smoke = new(new HttpGetSpec("/health", 8000));

    [Theory, InlineData("Deployment", "deployments"), InlineData("StatefulSet", "statefulsets"), InlineData("DaemonSet", "daemonsets")]
    public async Task A_good_image_is_rolled_by_its_digest(string kind, string plural)
    {
        await using var shop = await Shop.Open(plural);
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good, kind: Enum.Parse<TargetKind>(kind));

        var status = await shop.Until(one => one.Phase is Phase.Done);

        Assert.Equal(shop.Digest(Shop.Good), shop.Image(plural));
        Assert.Equal((shop.Digest(Shop.Good), "Pass", 12_345_678L, 2), (status.LastGood, status.Gate!.Verdict, status.Gate.Summary!.Size, status.Gate.Summary.Findings));
        Assert.Equal(["GatePassed True", "ImageResolved True", "Ready True", "RolledOut True"], Conditions(status));
        Assert.StartsWith($"{shop.Service.Address}v1/images/sha256", status.Gate.ReportUrl);
        await running.Stop();
        Assert.Equal(["GatePassed", "ImageResolved", "InspectionRequested", "RolloutStarted", "RolloutSucceeded"], shop.Told().Order());
    }

    [Fact]
    public async Task The_status_counts_vulnerabilities_as_they_are_now()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);
        // Nobody knows, and that is not none.
        Assert.Null((await shop.Until(one => one.Phase is Phase.Done)).Gate!.Summary!.Critical);

        shop.Service.Vulnerabilities = new(1, 2, 3, 4, 5, 6);
        shop.Roll(Shop.Good, requested: "now");

        var summary = (await shop.Until(one => one.Gate?.Summary?.Critical is not null)).Gate!.Summary;
        Assert.Equal(new GateSummary(1, 2, 3, 4, 6, 2, null, 12_345_678), summary);
    }

    [Fact]
    public async Task A_bad_image_is_blocked_and_the_target_is_not_touched()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        var before = shop.Server.Of("deployments").Find("shop/web")!["spec"]!.ToJsonString();
        shop.Roll(Shop.Bad);

        var status = await shop.Until(one => one.Phase is Phase.Blocked);

        Assert.Equal(before, shop.Server.Of("deployments").Find("shop/web")!["spec"]!.ToJsonString());
        Assert.Equal(new Violation("limits.size", "250 MiB", "545 MB", "remove 283 MB"), Assert.Single(status.Gate!.Violations!));
        Assert.Equal(["GatePassed False", "ImageResolved True", "Ready False"], Conditions(status));
        await shop.Until(() => shop.Told().Contains("GateFailed"));
    }

    [Fact]
    public async Task A_bad_image_gives_way_to_a_good_one()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate(all: true);
        shop.Roll(Shop.Bad);
        await shop.Until(one => one.Phase is Phase.Blocked);

        shop.Roll(Shop.Good);

        await shop.Until(one => one.Phase is Phase.Done);
        Assert.Equal(shop.Digest(Shop.Good), shop.Image());
    }

    [Fact]
    public async Task A_smoke_pod_comes_first_and_is_gone_when_the_target_is_rolled()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good, spec => spec with { Smoke = Smoke });

        await shop.Until(one => one.Phase is Phase.Done);

        await shop.Until(() => shop.Server.Of("pods").Versions().Count == 0);
        Assert.Equal(shop.Digest(Shop.Good), shop.Image());
        await running.Stop();
        Assert.Contains("SmokePassed", shop.Told());
    }

    [Fact]
    public async Task An_image_that_crashes_in_its_smoke_pod_never_reaches_the_target()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Crash, spec => spec with { Smoke = Smoke });

        var status = await shop.Until(one => one.Phase is Phase.Blocked);

        Assert.Equal(Shop.Before, shop.Image());
        Assert.Contains("exit code 1", status.Conditions!.Single(one => one.Type == "SmokePassed").Message, StringComparison.Ordinal);
        Assert.Equal(shop.Service.DigestOf(Shop.Crash), Assert.Single(status.FailedDigests!).Digest);
        await shop.Until(() => shop.Server.Of("pods").Versions().Count == 0);
    }

    [Fact]
    public async Task An_image_that_crashes_in_the_target_is_rolled_back_and_not_tried_again()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);
        await shop.Until(one => one.Phase is Phase.Done);

        shop.Roll(Shop.Crash, spec => spec with { Rollout = new RollSpec(ProgressDeadlineSeconds: 1) });

        var status = await shop.Until(one => one.Phase is Phase.RolledBack);
        Assert.Equal(shop.Digest(Shop.Good), shop.Image());
        Assert.Equal(["RolledBack", "Failed", "RolledOut"], status.History!.Select(one => one.Outcome));
        await running.Stop();
        Assert.Superset(new HashSet<string> { "RolloutFailed", "RollbackStarted", "RollbackCompleted" }, shop.Told().ToHashSet());
    }

    [Fact]
    public async Task A_service_that_is_away_delays_and_touches_nothing_and_a_look_can_be_asked_for()
    {
        await using var shop = await Shop.Open();
        shop.Service.IsAway = true;
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);

        var waiting = await shop.Until(one => one.Phase is Phase.Resolving);
        Assert.Equal("Unknown", waiting.Conditions!.Single(one => one.Type == "ImageResolved").Status);
        Assert.Equal(Shop.Before, shop.Image());
        shop.Service.IsAway = false;
        shop.Roll(Shop.Good, requested: "now");

        Assert.Equal("now", (await shop.Until(one => one.Phase is Phase.Done)).LastHandledReconcileAt);
    }

    [Fact]
    public async Task A_policy_that_nobody_has_stalls_until_the_spec_names_another()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good, spec => spec with { PolicyRef = new NameRef("nobody") });
        var stalled = await shop.Until(one => one.Phase is Phase.Stalled);
        Assert.Equal("PolicyNotFound", stalled.Conditions!.Single(one => one.Type == "Stalled").Reason);

        shop.Roll(Shop.Good, spec => spec with { PolicyRef = null, Policy = new JsonObject { ["name"] = "inline" } });

        Assert.Equal("inline", (await shop.Until(one => one.Phase is Phase.Done)).Gate!.Policy);
    }

    [Fact]
    public async Task A_tag_that_moved_is_followed_where_the_spec_says_so()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        RolloutSpec Track(RolloutSpec spec) => spec with { DigestPolicy = DigestPolicy.Track, Interval = "30s" };
        shop.Roll(Shop.Good, Track);
        await shop.Until(one => one.Phase is Phase.Done);
        var before = shop.Image();

        shop.Service.Move(Shop.Good);
        shop.Roll(Shop.Good, Track, requested: "again");

        await shop.Until(one => one.Phase is Phase.Done && one.Current == shop.Digest(Shop.Good));
        Assert.NotEqual(before, shop.Image());
        await shop.Until(() => shop.Told().Contains("TagMoved"));
    }

    [Fact]
    public async Task A_change_by_somebody_else_is_reported_reverted_or_adopted()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);
        await shop.Until(one => one.Phase is Phase.Done);

        shop.SetImage("registry.example/web:handmade");
        var drifted = await shop.Until(one => one.Conditions!.Any(condition => condition is { Type: "Drifted", Status: "True" }));
        Assert.Equal(("False", "registry.example/web:handmade"), (drifted.Conditions!.Single(one => one.Type == "Ready").Status, shop.Image()));

        shop.Roll(Shop.Good, spec => spec with { Drift = Drift.Revert });
        await shop.Until(() => shop.Image() == shop.Digest(Shop.Good), () => shop.Image());
        await shop.Until(one => one.Phase is Phase.Done && one.ObservedGeneration == 2);

        shop.Roll(Shop.Good, spec => spec with { Drift = Drift.Adopt });
        await shop.Until(one => one.ObservedGeneration == 3);
        shop.SetImage("registry.example/web:handmade");
        var adopted = await shop.Until(one => one.Conditions!.Any(condition => condition is { Type: "Ready", Reason: "Adopted" }));
        Assert.Equal(("True", "registry.example/web:handmade"), (adopted.Conditions!.Single(one => one.Type == "Ready").Status, shop.Image()));
    }

    [Fact]
    public async Task Of_two_for_one_container_the_older_rolls_and_the_younger_follows_when_it_is_gone()
    {
        await using var shop = await Shop.Open();
        shop.Server.Of("imagerollouts").Put(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "older", ["namespace"] = "shop", ["creationTimestamp"] = "2020-01-01T00:00:00Z" }, ["spec"] = new JsonObject() });
        shop.Roll(Shop.Good, name: "older");
        shop.Roll("registry.example/web:3", name: "younger");
        await using var running = await shop.Operate();

        var stalled = await shop.Until(one => one.Phase is Phase.Stalled, "younger");
        Assert.Contains("older is older", stalled.Conditions!.Single(one => one.Type == "Stalled").Message, StringComparison.Ordinal);
        await shop.Until(one => one.Phase is Phase.Done, "older");

        shop.Server.Of("imagerollouts").Delete("shop/older");

        await shop.Until(one => one.Phase is Phase.Done, "younger");
        Assert.Equal(shop.Digest("registry.example/web:3"), shop.Image());
    }

    [Fact]
    public async Task What_the_cluster_refuses_is_said_and_tried_again()
    {
        await using var shop = await Shop.Open();
        shop.Server.On("PATCH", Answer.Refuse(403, "Forbidden"));
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);

        var refused = await shop.Until(one => one.Conditions?.Any(condition => condition.Reason == "ClusterRefused") ?? false);

        Assert.Contains("Forbidden", refused.Conditions!.Single(one => one.Type == "Ready").Message, StringComparison.Ordinal);
        Assert.Equal(Shop.Before, shop.Image());
        shop.Roll(Shop.Good, requested: "now");
        await shop.Until(one => one.Phase is Phase.Done);
    }

    [Fact]
    public async Task A_pull_secret_s_login_goes_along_with_what_is_asked()
    {
        await using var shop = await Shop.Open();
        var config = new JsonObject
        {
            ["auths"] = new JsonObject
            {
                // Of several that fit, the nearest counts.
                ["https://registry.example/v2/"] = new JsonObject { ["username"] = "carol", ["password"] = "x" },
                ["registry.example/we"] = new JsonObject { ["username"] = "dave", ["password"] = "x" },
                ["registry.example/web"] = new JsonObject { ["auth"] = Convert.ToBase64String("ann:wharf"u8) },
                ["other.example"] = new JsonObject { ["username"] = "bob", ["password"] = "x" },
            },
        }.ToJsonString();
        shop.Server.Of("secrets").Put(new JsonObject { ["metadata"] = new JsonObject { ["name"] = "regcred", ["namespace"] = "shop" }, ["data"] = new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(config)) } });
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good, spec => spec with { PullSecretRefs = [new NameRef("missing"), new NameRef("regcred")] });

        await shop.Until(one => one.Phase is Phase.Done);

        Assert.Contains("POST /v1/resolve", shop.Service.Seen);
        Assert.All(shop.Service.Logins, login => Assert.Equal("ann:wharf", login));
        Assert.Equal(2, shop.Service.Logins.Count);
    }

    static List<string> Conditions(RolloutStatus status) => [.. status.Conditions!.Select(one => $"{one.Type} {one.Status}").Order()];
}
