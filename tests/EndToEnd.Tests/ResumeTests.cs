using System.Diagnostics;
using System.Text.Json;
using Plimsoll.EndToEnd.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary>An operator that dies at any stage is followed by one that goes on: nothing is done twice, and nothing is forgotten.</summary>
[Trait("Category", "Slow")]
public sealed class ResumeTests(Installation installation) : IAsyncLifetime
{
    /// <summary>How long a stage lasts that depends on the app, in seconds: longer than it takes to kill the operator.</summary>
    const int Long = 15;

    Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open(installation);

    public async ValueTask DisposeAsync()
    {
        if (_shop is null)
            return;
        await installation.Scale("api", 1);
        await installation.Scale("worker", 1);
        await _shop.DisposeAsync();
    }

    [Fact]
    public Task Killed_while_it_resolves_the_image() => GoesOn("Resolving", away: "api");

    [Fact]
    public Task Killed_while_the_image_is_inspected() => GoesOn("Inspecting", away: "worker");

    [Fact]
    public Task Killed_while_it_waits_for_the_verdict() => GoesOn("Gating", away: "api", byDigest: true);

    [Fact]
    public Task Killed_while_the_smoke_pod_runs() => GoesOn("Smoking", new AppImage { StartsAfter = Long }, spec: "smoke: { httpGet: { path: /health, port: 8000 }, timeoutSeconds: 120 }");

    [Fact]
    public Task Killed_while_the_workload_rolls() => GoesOn("Verifying", new AppImage { StartsAfter = Long });

    [Fact]
    public async Task Killed_while_it_rolls_back()
    {
        // Nothing of the old pod may be left, or going back takes no time.
        await _shop.Deploy(await _shop.Push("1.0"), more: "strategy: { type: Recreate }");
        var good = await _shop.Push("1.1", new AppImage { StartsAfter = Long });
        await _shop.Push("1.2", new AppImage { Crashes = true });
        await _shop.Roll(_shop.Image("1.1"));
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");
        var before = await _shop.Target();

        await _shop.Roll(_shop.Image("1.2"), "rollout: { progressDeadlineSeconds: 60 }");
        await _shop.Until("RollingBack");
        await Kill();
        var rollout = await _shop.Until("RolledBack");

        Assert.Equal((good, before.Generation + 2), await _shop.Target());
        Assert.Equal(["RolledBack", "Failed", "RolledOut"], History(rollout));
    }

    [Fact]
    public async Task Killed_when_all_is_done_it_does_nothing()
    {
        var next = await GoesOn("Done");
        var before = await _shop.Kubectl.Get("imagerollout/web");
        await Kill();

        await _shop.Kubectl.Run("annotate", "imagerollout/web", "plimsoll.dev/reconcile-requested-at=after");
        var after = await _shop.Kubectl.Until("imagerollout/web", one => Shop.Status(one, "lastHandledReconcileAt") == "after");

        Assert.Equal(next, (await _shop.Target()).Image);
        Assert.Equal(History(before), History(after));
    }

    [Fact]
    public async Task A_leader_that_is_deleted_hands_over_within_five_seconds()
    {
        var leader = (await Holder()).Split('_')[0];
        var watch = Stopwatch.StartNew();

        await installation.Kubectl.Run("delete", "pod", leader, "--wait=false");
        await installation.Kubectl.Until("lease/plimsoll-operator", lease => Spec(lease, "holderIdentity") is { Length: > 0 } holder && holder.Split('_')[0] != leader);

        TestContext.Current.TestOutputHelper!.WriteLine($"measured: operator: {watch.Elapsed.TotalSeconds:0.0} s from the deletion of the leader to a new one");
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        await installation.Kubectl.Run("rollout", "status", "deployment/plimsoll-operator", "--timeout=3m");
    }

    /// <summary>A rollout whose operator is killed in a phase, which lasts for as long as a part of the product is away, or the app takes to start.</summary>
    /// <returns>The image that runs in the end.</returns>
    async Task<string> GoesOn(string phase, AppImage? app = null, string spec = "", string? away = null, bool byDigest = false)
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var (before, next) = (await _shop.Target(), await _shop.Push("1.1", app));
        if (away is not null)
            await installation.Scale(away, 0);

        await _shop.Roll(byDigest ? next : _shop.Image("1.1"), spec);
        await _shop.Until(phase);
        await Kill();
        if (away is not null)
            await installation.Scale(away, 1);
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");

        // One change of the workload, one inspection of the image, one entry in the history.
        Assert.Equal((next, before.Generation + 1), await _shop.Target());
        Assert.Equal(["RolledOut"], History(await _shop.Kubectl.Get("imagerollout/web")));
        Assert.Empty(await _shop.Kubectl.Run("get", "pods", "--selector", "plimsoll.dev/smoke-of=web", "--output", "name"));
        using var service = await installation.Reach();
        using var inspections = JsonDocument.Parse(await service.Http.GetStringAsync("/v1/inspections?limit=100", TestContext.Current.CancellationToken));
        Assert.Single(inspections.RootElement.GetProperty("items").EnumerateArray(), one => one.GetRawText().Contains(next.Split('@')[1], StringComparison.Ordinal));
        return next;
    }

    /// <summary>All pods of the operator at once, without a word of warning, and until there are new ones.</summary>
    async Task Kill()
    {
        await installation.Kubectl.Run("delete", "pods", "--selector", "app.kubernetes.io/component=operator", "--grace-period=0", "--force");
        await installation.Kubectl.Run("rollout", "status", "deployment/plimsoll-operator", "--timeout=3m");
    }

    async Task<string> Holder() => Spec(await installation.Kubectl.Get("lease/plimsoll-operator"), "holderIdentity")!;

    static string? Spec(JsonElement one, string name) => one.GetProperty("spec").TryGetProperty(name, out var value) ? value.GetString() : null;

    static List<string> History(JsonElement rollout) =>
        [.. rollout.GetProperty("status").GetProperty("history").EnumerateArray().Select(entry => entry.GetProperty("outcome").GetString()!)];
}
