using Plimsoll.EndToEnd.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests;

/// <summary>The definition of ImageRollout is upgraded with the chart, and what is defined by it stays.</summary>
[Trait("Category", "Slow")]
public sealed class UpgradeTests(Installation installation) : IAsyncLifetime
{
    Shop _shop = null!;

    public async ValueTask InitializeAsync() => _shop = await Shop.Open(installation);

    public ValueTask DisposeAsync() => _shop?.DisposeAsync() ?? ValueTask.CompletedTask;

    [Fact]
    public async Task Helm_upgrade_brings_another_definition_and_the_rollouts_stay()
    {
        await _shop.Deploy(await _shop.Push("1.0"));
        await _shop.Push("1.1");
        await _shop.Roll(_shop.Image("1.1"));
        await _shop.Kubectl.Wait("imagerollout/web", "condition=Ready");
        var before = await _shop.Kubectl.Get("imagerollout/web");
        using var chart = Copy(Repository.At("charts/plimsoll"));
        var definition = chart.At("definitions/imagerollouts.yaml");
        var text = await File.ReadAllTextAsync(definition, TestContext.Current.CancellationToken);
        Assert.Contains("maxLength: 512", text);

        await installation.Upgrade(chart.Root);
        Assert.Equal("512", await LongestImage());
        await File.WriteAllTextAsync(definition, text.Replace("maxLength: 512", "maxLength: 640", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await installation.Upgrade(chart.Root);

        Assert.Equal("640", await LongestImage());
        var after = await _shop.Kubectl.Get("imagerollout/web");
        Assert.Equal(Uid(before), Uid(after));
        Assert.Equal("Done", Shop.Status(after, "phase"));
        // And the operator goes on with the new one.
        var next = await _shop.Push("1.2");
        await _shop.Roll(_shop.Image("1.2"));
        await _shop.Kubectl.Until("imagerollout/web", one => Shop.Status(one, "lastGood") == next);

        await installation.Upgrade(Repository.At("charts/plimsoll"));
        Assert.Equal("512", await LongestImage());
    }

    Task<string> LongestImage() => installation.Kubectl.Run("get", "customresourcedefinition", Installation.Definition,
        "--output", "jsonpath={.spec.versions[0].schema.openAPIV3Schema.properties.spec.properties.image.maxLength}");

    static string Uid(System.Text.Json.JsonElement one) => one.GetProperty("metadata").GetProperty("uid").GetString()!;

    static TemporaryFolder Copy(string folder)
    {
        var copy = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            copy.Write(Path.GetRelativePath(folder, file), File.ReadAllBytes(file));
        return copy;
    }
}
