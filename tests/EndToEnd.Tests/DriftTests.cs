using Plimsoll.EndToEnd.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary>Somebody changes the image of a container that a rollout is about, or wants to roll it too.</summary>
[Trait("Category", "Slow")]
public sealed class DriftTests(Installation installation) : IAsyncLifetime
{
    Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open(installation);

    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Report_tells_of_it_and_leaves_it()
    {
        var (_, other) = await Drift("Report");

        var rollout = await _shop.Kubectl.Until("imagerollout/web", one => Shop.Condition(one, "Drifted").Status == "True");

        Assert.Equal(("False", "Drifted"), Shop.Condition(rollout, "Ready") is var ready ? (ready.Status, ready.Reason) : default);
        Assert.Contains(other, await _shop.Event("DriftDetected"));
        Assert.Equal(other, (await _shop.Target()).Image);
    }

    [Fact]
    public async Task Revert_puts_back_what_was_rolled_out()
    {
        var (rolled, other) = await Drift("Revert");

        Assert.Contains(other, await _shop.Event("DriftDetected"));
        await _shop.Kubectl.Until("deployment/web", one => Shop.ImageOf(one) == rolled);
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");
        Assert.Equal(rolled, (await _shop.Target()).Image);
    }

    [Fact]
    public async Task Adopt_takes_it_for_what_is_wanted()
    {
        var (_, other) = await Drift("Adopt");

        var rollout = await _shop.Kubectl.Until("imagerollout/web", one => Shop.Status(one, "current") == other);

        Assert.Equal(("True", "Adopted"), Shop.Condition(rollout, "Ready") is var ready ? (ready.Status, ready.Reason) : default);
        Assert.Equal(other, (await _shop.Target()).Image);
    }

    [Fact]
    public async Task Of_two_rollouts_for_one_container_the_older_one_counts()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var (first, second) = (await _shop.Push("1.1"), await _shop.Push("1.2"));
        await _shop.Roll(_shop.Image("1.1"), name: "first");
        await _shop.Kubectl.Wait("imagerollout/first", "condition=Ready");

        await _shop.Roll(_shop.Image("1.2"), name: "second");
        var rollout = await _shop.Until("Stalled", "second");

        Assert.Equal(("True", "TargetConflict"), Shop.Condition(rollout, "Stalled") is var stalled ? (stalled.Status, stalled.Reason) : default);
        Assert.Contains("first", await _shop.Event("TargetConflict", "second"));
        Assert.Equal(first, (await _shop.Target()).Image);

        // What its message says.
        await _shop.Kubectl.Run("delete", "imagerollout/first");
        await _shop.Kubectl.Wait("imagerollout/second", "condition=Ready");
        Assert.Equal(second, (await _shop.Target()).Image);
    }

    /// <summary>A rollout that is done, and then another image by hand.</summary>
    async Task<(string Rolled, string Other)> Drift(string mode)
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var (rolled, other) = (await _shop.Push("1.1"), await _shop.Push("by-hand"));
        await _shop.Roll(_shop.Image("1.1"), $"drift: {mode}");
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");

        await _shop.Kubectl.Run("set", "image", "deployment/web", $"app={other}");
        return (rolled, other);
    }
}
