using Plimsoll.EndToEnd.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary>Plimsoll away delays what is new, and touches nothing that runs.</summary>
[Trait("Category", "Slow")]
public sealed class OutageTests(Installation installation) : IAsyncLifetime
{
    Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open(installation);

    public async ValueTask DisposeAsync()
    {
        if (_shop is null)
            return;
        await installation.Scale("api", 1);
        await _shop.DisposeAsync();
    }

    [Fact]
    public async Task Without_the_API_the_gate_is_undecided_and_goes_on_when_it_is_back()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        var before = await _shop.Target();
        var next = await _shop.Push("1.1");
        await installation.Scale("api", 0);

        await _shop.Roll(next);
        var rollout = await _shop.Until("Gating");

        var (status, reason, message) = Shop.Condition(rollout, "GatePassed");
        Assert.Equal(("Unknown", "PlimsollUnavailable"), (status, reason));
        Assert.NotEmpty(message);
        Assert.Equal(before, await _shop.Target());

        await installation.Scale("api", 1);
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");
        Assert.Equal(next, (await _shop.Target()).Image);
    }

    [Fact]
    public async Task What_runs_goes_on_running_without_the_API()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        await _shop.Push("1.1");
        await _shop.Roll(_shop.Image("1.1"));
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");
        var running = await _shop.Target();
        await installation.Scale("api", 0);

        // A look that somebody asks for finds no service.
        await _shop.Kubectl.Run("annotate", "imagerollout/web", "plimsoll.dev/reconcile-requested-at=now");
        var rollout = await _shop.Kubectl.Until("imagerollout/web", one => Shop.Status(one, "lastHandledReconcileAt") == "now");

        Assert.Equal(("Done", "True"), (Shop.Status(rollout, "phase"), Shop.Condition(rollout, "Ready").Status));
        Assert.Equal(running, await _shop.Target());
    }
}
