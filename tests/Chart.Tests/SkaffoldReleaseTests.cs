using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests;

/// <summary>What Skaffold would install in each profile: the chart, rendered by the real helm with the values that <c>skaffold.yaml</c> sets.</summary>
public sealed class SkaffoldReleaseTests
{
    static readonly string[] Local = ["plimsoll/api:" + new string('1', 63) + "a", "plimsoll/worker:" + new string('2', 63) + "b", "plimsoll/operator:" + new string('3', 63) + "c"];
    static readonly string[] Pushed = [.. Local.Select((image, i) => $"registry.example:5000/team/{image.Split(':')[0]}:git-1234567@sha256:{new string((char)('a' + i), 64)}")];

    static Func<string, string> Of(string[] images) => name => images.Single(image => image.Contains($"{name}:", StringComparison.Ordinal));

    static Skaffold With(string profiles) => Skaffold.With(profiles.Split(' '));

    // Each key, walked through the schema: helm itself leaves an unknown member of a map alone where the schema does.
    [Theory, MemberData(nameof(Skaffold.Combinations), MemberType = typeof(Skaffold))]
    public void Each_value_is_in_the_schema_of_the_chart(string profiles)
    {
        var schema = JsonNode.Parse(File.ReadAllText(Repository.At("charts/plimsoll/values.schema.json")))!.AsObject();
        Assert.All(With(profiles).Values(Of(Local)), pair =>
        {
            JsonNode? place = schema;
            foreach (var step in Regex.Replace(pair.Key, @"\[[0-9]+\]", ".[]").Split('.'))
            {
                if ((string?)place!["$ref"] is { } reference)
                    place = schema["definitions"]![reference.Split('/')[^1]];
                place = step == "[]" ? place!["items"] : place!["properties"]?[step] ?? place["additionalProperties"] as JsonObject;
                Assert.True(place is not null, $"{pair.Key}: the schema has no {step}");
            }
        });
    }

    [Theory, MemberData(nameof(Skaffold.Combinations), MemberType = typeof(Skaffold))]
    public async Task The_chart_renders_with_images_that_were_pushed_and_with_images_that_were_not(string profiles)
    {
        foreach (var images in (string[][])[Local, Pushed])
        {
            var chart = await With(profiles).Render(Of(images));
            Assert.All(chart.Objects, one => Assert.Null(Models.Fault(one)));
            // The inner loop has no operator.
            string[] parts = profiles.Contains("dev", StringComparison.Ordinal) ? ["api", "worker"] : ["api", "worker", "operator"];
            Assert.Equal(images.Take(parts.Length), parts.Select(part => (string?)Rendering.Containers(chart.PodOf(part), first: false).Single()["image"]));
            Assert.Equal(parts.Length == 3, chart.Find("Deployment", "plimsoll-operator") is not null);
            var port = Rendering.List(Skaffold.File["portForward"]).Single();
            var service = chart.Get("Service", (string)port["resourceName"]!);
            Assert.Equal(((int)port["port"]!, (string?)port["namespace"]), ((int)service["spec"]!["ports"]![0]!["port"]!, (string?)service["metadata"]!["namespace"]));
        }
    }

    // Digits alone would be a number, which the schema does not take for a tag.
    [Fact]
    public async Task A_tag_is_text_whatever_the_commit()
    {
        Assert.Contains("tag", await Helm.Newest.Refuses("--set", "api.image.tag=1234567"), StringComparison.Ordinal);
        var prefix = (string)Skaffold.File["build"]!["tagPolicy"]!["gitCommit"]!["prefix"]!;
        Assert.NotEmpty((await Helm.Render("--set", $"api.image.tag={prefix}1234567")).Objects);
    }

    [Fact]
    public async Task A_pod_of_the_inner_loop_has_room_and_is_not_restarted()
    {
        var chart = await With("dev").Render(Of(Local));
        Assert.All(["api", "worker"], part =>
        {
            var container = Rendering.Containers(chart.PodOf(part), first: false).Single();
            Assert.Equal(("serve", false, "2Gi"), ((string?)container["args"]![0], (bool)container["securityContext"]!["readOnlyRootFilesystem"]!, (string?)container["resources"]!["limits"]!["memory"]));
            Assert.All(["startupProbe", "livenessProbe"], probe => Assert.Equal(10000, (int)container[probe]!["failureThreshold"]!));
        });
        // The policy is for images that ship.
        Assert.Null(With("dev").Config["test"]);
    }

    [Fact]
    public async Task Verify_asks_the_Service_from_a_pod_as_strict_as_those_of_the_chart()
    {
        var verify = Rendering.List(Skaffold.File["verify"]).Single();
        var job = Yaml.Documents(await File.ReadAllTextAsync(Repository.At((string)verify["executionMode"]!["kubernetesCluster"]!["jobManifestPath"]!), TestContext.Current.CancellationToken)).Single();
        Assert.Null(Models.Fault(job));
        var chart = await With("").Render(Of(Local));
        var (pod, theirs) = (job["spec"]!["template"]!["spec"]!, chart.PodOf("test")["spec"]!);
        var (container, test) = (Rendering.List(pod["containers"]).Single(), Rendering.List(theirs["containers"]).Single());
        Assert.Equal(((string?)verify["name"], (string?)verify["container"]!["name"]), ((string?)job["metadata"]!["name"], (string?)container["name"]));
        Assert.All(job["spec"]!["template"]!["spec"]!["securityContext"]!.AsObject(), pair => Assert.True(JsonNode.DeepEquals(pair.Value, theirs["securityContext"]![pair.Key]), pair.Key));
        Assert.All(container["securityContext"]!.AsObject(), pair => Assert.True(JsonNode.DeepEquals(pair.Value, test["securityContext"]![pair.Key]), pair.Key));
        // By its full name, since helm's own question comes from the same namespace and this one may not.
        var release = With("").Release;
        Assert.Equal([(string?)test["args"]![0], ((string)test["args"]![1]!).Replace($"//{release["name"]}:80", $"//{release["name"]}.{release["namespace"]}.svc", StringComparison.Ordinal)],
            verify["container"]!["args"]!.AsArray().Select(argument => (string?)argument));
        Assert.Equal((string?)release["namespace"], (string?)job["metadata"]!["namespace"]);
    }

    [Fact]
    public async Task With_databases_of_ones_own_none_is_installed_and_pods_are_named_by_digest()
    {
        var ci = With("ci");
        Assert.True((bool)ci.Config["build"]!["local"]!["push"]!);
        var chart = await ci.Render(Of(Pushed));
        Assert.Empty(chart.OfKind("StatefulSet"));
        Assert.NotNull(chart.Find("Job", "plimsoll-migrate"));
        Assert.False((bool)ci.Release["createNamespace"]!);
    }

    [Fact]
    public async Task A_local_cluster_answers_by_name_and_gets_images_without_a_registry()
    {
        var k3d = Skaffold.Profiles.Single(profile => (string?)profile["name"] == "k3d");
        Assert.Matches((string)k3d["activation"]![0]!["kubeContext"]!, "k3d-plimsoll");
        Assert.False((bool)With("k3d").Config["build"]!["local"]!["push"]!);
        Assert.Equal("plimsoll.localhost", (string?)(await With("k3d").Render(Of(Local))).Get("Ingress", "plimsoll")["spec"]!["rules"]![0]!["host"]);
    }
}
