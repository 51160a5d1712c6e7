using System.Text.Json.Nodes;
using Plimsoll.Chart.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>Images, and every place where something can be added.</summary>
public sealed class ExtensionTests
{
    static async Task<string?> ImageOf(string component, params string[] arguments) =>
        (string?)Rendering.Containers((await Helm.Render(arguments)).PodOf(component), first: false).Single()["image"];

    [Fact]
    public async Task An_image_has_the_registry_and_the_tag_of_all_unless_it_has_its_own()
    {
        Assert.Equal("plimsoll/api:0.1.0", await ImageOf("api"));
        Assert.Equal("registry.example/tools/plimsoll/worker:1.2.3", await ImageOf("worker", Helm.Case("external")));
        Assert.Equal("registry.example/tools/plimsoll/operator:1.2.3", await ImageOf("operator", Helm.Case("external")));
        Assert.Equal("plimsoll/worker:2", await ImageOf("worker", "--set-string", "global.image.tag=1", "--set-string", "worker.image.tag=2"));
        Assert.Equal($"mirror.example/plimsoll/api:1.2.3@sha256:{new string('a', 64)}", await ImageOf("api", Helm.Case("extended")));
    }

    [Fact]
    public async Task The_images_of_the_databases_can_be_replaced()
    {
        Assert.Equal("docker.io/library/postgres:17", await ImageOf("postgres"));
        Assert.Equal("mirror.example/postgres:17.2", await ImageOf("postgres", Helm.Case("extended")));
        Assert.Equal($"mirror.example/redis:7.4@sha256:{new string('b', 64)}", await ImageOf("redis", Helm.Case("extended")));
    }

    [Fact]
    public async Task Pull_secrets_are_in_every_pod() => Assert.All((await Helm.Render(Helm.Case("external"))).Pods(), pair => Assert.Equal("pull", (string?)pair.Pod["spec"]!["imagePullSecrets"]![0]!["name"]));

    [Fact]
    public async Task What_is_added_arrives()
    {
        var chart = await Helm.Render(Helm.Case("extended"));
        var api = chart.PodOf("api");
        var container = Rendering.Containers(api, first: false).Single();
        Assert.Equal(("tools", "web", "amd64"), ((string?)api["metadata"]!["annotations"]!["example.com/team"], (string?)api["metadata"]!["labels"]!["example.com/tier"], (string?)api["spec"]!["nodeSelector"]!["kubernetes.io/arch"]));
        Assert.Contains(Rendering.List(container["env"]), variable => (string?)variable["name"] == "AWS_REGION");
        Assert.Contains(Rendering.List(container["envFrom"]), source => (string?)source["secretRef"]?["name"] == "proxies");
        Assert.Contains(Rendering.List(container["volumeMounts"]), mount => (string?)mount["mountPath"] == "/etc/ssl/own");
        Assert.Contains(Rendering.List(api["spec"]!["volumes"]), volume => (string?)volume["name"] == "authorities");
        Assert.Contains("shared_buffers=1GB", Rendering.Containers(chart.PodOf("postgres")).Single()["args"]!.AsArray().Select(argument => (string?)argument));
        Assert.NotNull(chart.Find("ConfigMap", "plimsoll-extra"));
        Assert.Equal("team", (string?)chart.Get("ConfigMap", "plimsoll-extra")["data"]!["namespace"]);
        Assert.NotNull(chart.Find("ConfigMap", "tools-inspector-text"));
    }

    [Fact]
    public async Task Common_labels_are_on_every_object_and_pod_and_in_no_selector()
    {
        var chart = await Helm.Render(Helm.Case("extended"));
        Assert.All(chart.Objects.Where(one => one["metadata"]!["labels"] is not null), one => Assert.Equal("4711", (string?)one["metadata"]!["labels"]!["cost-centre"]));
        Assert.All(chart.Pods(), pair => Assert.Equal("4711", (string?)pair.Pod["metadata"]!["labels"]!["cost-centre"]));
        Assert.All(chart.OfKind("Deployment"), one => Assert.Null(one["spec"]!["selector"]!["matchLabels"]!["cost-centre"]));
    }

    [Theory]
    [InlineData("plimsoll", "", "plimsoll"), InlineData("checks", "", "checks-plimsoll"), InlineData("checks", "fullnameOverride=inspector", "inspector"), InlineData("checks", "nameOverride=gate", "checks-gate")]
    [InlineData("a-release-whose-name-is-as-long-as-helm-lets-it-be12", "", "a-release-whose-name-is-as-long-as-helm")]
    public async Task Objects_are_named_after_the_release_and_never_too_long(string release, string value, string expected)
    {
        var output = (await Helm.Newest.Run(["template", release, Helm.Folder, .. value.Length > 0 ? new[] { "--set", value } : []])).Succeeded().Output;
        var chart = Rendering.Of(output);
        Assert.NotNull(chart.Find("Service", expected));
        // A StatefulSet appends up to eleven characters to make labels, which may have 63. What is in no namespace makes none, and has its namespace in its name.
        Assert.All(chart.Objects.Where(one => one["metadata"]!["namespace"] is not null), one => Assert.InRange(Rendering.Name(one).Length, 1, 57));
        Assert.All(chart.OfKind("StatefulSet"), one => Assert.InRange(Rendering.Name(one).Length, 1, 52));
    }

    [Fact]
    public async Task A_change_of_the_configuration_starts_pods_anew_and_nothing_else_does()
    {
        string[] given = Helm.Case("gitops");
        async Task<string> Checksums(params string[] arguments) => (await Helm.Render([.. given, .. arguments])).PodOf("worker")["metadata"]!["annotations"]!.ToJsonString();
        var before = await Checksums();
        Assert.Equal(before, await Checksums("--set", "api.replicas=2"));
        Assert.NotEqual(before, await Checksums("--set", "config.logLevel=DEBUG"));
        Assert.NotEqual(before, await Checksums("--set", "redis.password=another"));
    }

    // The values are the same, but the version is not.
    [Fact]
    public async Task A_new_version_starts_the_programs_anew_and_leaves_the_databases_alone()
    {
        var (before, after) = (await Helm.Render(Helm.Case("gitops")), await Helm.Render([.. Helm.Case("gitops"), "--set", "global.image.tag=9.9.9"]));
        Assert.All(["postgres", "redis"], database => Assert.True(JsonNode.DeepEquals(before.PodOf(database), after.PodOf(database)), database));
        Assert.False(JsonNode.DeepEquals(before.PodOf("worker"), after.PodOf("worker")));
        Assert.DoesNotContain("0.1.0", before.PodOf("postgres").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_volume_is_asked_for_as_it_was_described()
    {
        var claim = Assert.Single(Rendering.List((await Helm.Render(Helm.Case("replicas"))).Get("StatefulSet", "plimsoll-redis")["spec"]!["volumeClaimTemplates"]))["spec"]!;
        Assert.Equal(("fast", "2Gi"), ((string?)claim["storageClassName"], (string?)claim["resources"]!["requests"]!["storage"]));
        Assert.Null((await Helm.Render(Helm.Case("small"))).Get("StatefulSet", "plimsoll-postgres")["spec"]!["volumeClaimTemplates"]);
        var postgres = (await Helm.Render()).Get("StatefulSet", "plimsoll-postgres")["spec"]!;
        Assert.Equal("Retain", (string?)postgres["persistentVolumeClaimRetentionPolicy"]!["whenDeleted"]);
        Assert.Equal("shared", (string?)Rendering.List((await Helm.Render(Helm.Case("replicas"))).PodOf("worker")["spec"]!["volumes"])[0]["persistentVolumeClaim"]!["claimName"]);
    }
}
