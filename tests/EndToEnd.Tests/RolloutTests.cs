using Plimsoll.EndToEnd.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary>What becomes of a new image, from what it is: good, against the policy, or one that does not run.</summary>
[Trait("Category", "Slow")]
public sealed class RolloutTests(Installation installation) : IAsyncLifetime
{
    Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open(installation);

    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Theory]
    [InlineData("Deployment", "replicas: 2")]
    [InlineData("StatefulSet", "serviceName: web")]
    [InlineData("DaemonSet", "")]
    public async Task A_good_image_is_rolled_out_by_its_digest(string kind, string more)
    {
        await _shop.Deploy(await _shop.Push("1.0"), kind, more);
        var next = await _shop.Push("1.1");

        await _shop.Roll(_shop.Image("1.1"), kind: kind);
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");

        Assert.Equal(next, (await _shop.Target(kind)).Image);
        var digest = next.Split('@')[1];
        Assert.Contains($"web@{digest}", await _shop.Kubectl.Run("get", "pods", "--selector", "app=web", "--output", "jsonpath={.items[*].status.containerStatuses[0].imageID}"));
        var rollout = await _shop.Kubectl.Get("imagerollout/web");
        Assert.Equal(("Done", next, next), (Shop.Status(rollout, "phase"), Shop.Status(rollout, "current"), Shop.Status(rollout, "lastGood")));
        Assert.Equal("True", Shop.Condition(rollout, "GatePassed").Status);
        foreach (var reason in (string[])["ImageResolved", "InspectionRequested", "GatePassed", "RolloutStarted", "RolloutSucceeded"])
            Assert.Contains(digest[7..19], await _shop.Event(reason));
    }

    [Fact]
    public async Task A_bad_image_is_blocked_and_the_Deployment_is_left_alone()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var before = await _shop.Target();
        await _shop.Push("1.1", new AppImage { Leftovers = 16 << 20 });

        await _shop.Roll(_shop.Image("1.1"));
        var rollout = await _shop.Until("Blocked");

        Assert.Equal(before, await _shop.Target());
        var gate = rollout.GetProperty("status").GetProperty("gate");
        Assert.Equal("Fail", gate.GetProperty("verdict").GetString());
        var violation = Assert.Single(gate.GetProperty("violations").EnumerateArray());
        Assert.Equal(("limits.size", "8.0 MiB"), (violation.GetProperty("rule").GetString(), violation.GetProperty("limit").GetString()));
        var (status, reason, message) = Shop.Condition(rollout, "GatePassed");
        Assert.Equal(("False", "Failed"), (status, reason));
        Assert.Contains("limits.size", message);
        Assert.Equal(("False", "GateFailed"), Shop.Condition(rollout, "Ready") is var ready ? (ready.Status, ready.Reason) : default);
        Assert.Contains("limits.size", await _shop.Event("GateFailed"));
    }

    [Fact]
    public async Task A_crashing_image_that_passes_the_gate_fails_its_smoke_test()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var before = await _shop.Target();
        await _shop.Push("1.1", new AppImage { Crashes = true });

        await _shop.Roll(_shop.Image("1.1"), "smoke: { httpGet: { path: /health, port: 8000 }, timeoutSeconds: 60 }");
        var rollout = await _shop.Until("Blocked");

        Assert.Equal(before, await _shop.Target());
        Assert.Equal("True", Shop.Condition(rollout, "GatePassed").Status);
        var (status, _, message) = Shop.Condition(rollout, "SmokePassed");
        Assert.Equal("False", status);
        Assert.Contains("exit code 1", message);
        Assert.Contains("exit code 1", await _shop.Event("SmokeFailed"));
        await _shop.Kubectl.Run("wait", "pods", "--selector", "plimsoll.dev/smoke-of=web", "--for=delete", "--timeout=1m");
    }

    [Fact]
    public async Task Without_a_smoke_test_it_is_rolled_out_misses_its_deadline_and_is_rolled_back()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var good = await _shop.Push("1.1");
        var bad = await _shop.Push("1.2", new AppImage { Crashes = true });
        await _shop.Roll(_shop.Image("1.1"));
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");

        await _shop.Roll(_shop.Image("1.2"), "rollout: { progressDeadlineSeconds: 20 }");
        var rollout = await _shop.Until("RolledBack");

        Assert.Equal(good, (await _shop.Target()).Image);
        Assert.Equal(("True", "RolledBack"), Shop.Condition(rollout, "RolledBack") is var back ? (back.Status, back.Reason) : default);
        Assert.Equal(bad.Split('@')[1], Assert.Single(rollout.GetProperty("status").GetProperty("failedDigests").EnumerateArray()).GetProperty("digest").GetString());
        foreach (var reason in (string[])["RolloutFailed", "RollbackStarted", "RollbackCompleted"])
            Assert.NotEmpty(await _shop.Event(reason));
        await _shop.Kubectl.Run("rollout", "status", "deployment/web", "--timeout=1m");
    }
}
