using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>The definition of ImageRollout: it comes with the chart, is upgraded with it, and outlives it.</summary>
public sealed class DefinitionTests
{
    const string Name = "imagerollouts.plimsoll.dev", Kind = "CustomResourceDefinition";

    static JsonObject Written { get; } = Yaml.Documents(File.ReadAllText(Repository.At("charts/plimsoll/definitions/imagerollouts.yaml"))).Single();

    // Helm reads it and writes it again: no number, no text and no order of a list may change on the way.
    [Theory, InlineData(3), InlineData(4)]
    public async Task It_arrives_as_the_operator_wrote_it(int major)
    {
        var definition = (await Helm.OfMajor(major).Template()).Get(Kind, Name);
        Assert.True(JsonNode.DeepEquals(Written["spec"], definition["spec"]));
        Assert.Equal(("plimsoll", "keep"), ((string?)definition["metadata"]!["labels"]!["app.kubernetes.io/instance"], (string?)definition["metadata"]!["annotations"]!["helm.sh/resource-policy"]));
    }

    [Fact]
    public async Task It_can_be_left_to_somebody_else_and_it_can_go_with_the_release()
    {
        Assert.Null((await Helm.Render("--set", "crds.install=false")).Find(Kind, Name));
        Assert.Null((await Helm.Render("--set", "crds.keep=false")).Get(Kind, Name)["metadata"]!["annotations"]);
        // And it stays where only the operator goes: with it would go every ImageRollout.
        Assert.NotNull((await Helm.Render("--set", "operator.enabled=false")).Find(Kind, Name));
    }

    // What is under crds/ is never upgraded, which is why it is none of that.
    [Theory, InlineData(3), InlineData(4)]
    public async Task An_upgrade_changes_it_an_uninstall_keeps_it_and_a_new_install_takes_it_up(int major)
    {
        var helm = Helm.OfMajor(major);
        await using var cluster = await Cluster.Start();
        string[] chart = ["plimsoll", Helm.Folder, "--disable-openapi-validation"];
        (await cluster.Run(helm, ["install", .. chart])).Succeeded();
        cluster.Change("customresourcedefinitions", Name, one => one["metadata"]!["labels"]!["helm.sh/chart"] = "plimsoll-0.0.1");
        (await cluster.Run(helm, ["upgrade", .. chart, "--set", "commonLabels.stage=two"])).Succeeded();
        Assert.Equal("two", (string?)cluster.Find("customresourcedefinitions", Name)!["metadata"]!["labels"]!["stage"]);
        (await cluster.Run(helm, "uninstall", "plimsoll")).Succeeded();
        Assert.NotNull(cluster.Find("customresourcedefinitions", Name));
        (await cluster.Run(helm, ["install", .. chart])).Succeeded();
    }

    // Two releases would take it from each other with every upgrade.
    [Fact]
    public async Task A_second_release_is_refused_it_and_does_without()
    {
        await using var cluster = await Cluster.Start();
        (await cluster.Run(Helm.Newest, "install", "plimsoll", Helm.Folder, "--disable-openapi-validation")).Succeeded();
        string[] second = ["install", "second", Helm.Folder, "--disable-openapi-validation", "--set", "operator.watchNamespaces={shop}"];
        var refused = await cluster.Run(Helm.Newest, second);
        Assert.Contains($"\"{Name}\"", refused.Error);
        Assert.NotEqual(0, refused.Code);
        (await cluster.Run(Helm.Newest, [.. second, "--set", "crds.install=false"])).Succeeded();
    }
}
