using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

/// <summary>What the other tests lean on is as with a real server.</summary>
public sealed class FakeApiServerTests : IAsyncLifetime
{
    const string Kind = """
        "apiVersion":"plimsoll.dev/v1alpha1","kind":"ImageRollout"
        """;

    FakeApiServer _server = null!;
    ApiServer _client = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeApiServer.Start();
        _client = _server.Client();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_is_made_gets_an_identity_and_no_status_and_shall_not_name_a_version()
    {
        var made = await Make(Rollout());
        Assert.Equal((1, null), ((int)made["metadata"]!["generation"]!, made["status"]));
        Assert.All(["uid", "resourceVersion", "creationTimestamp"], field => Assert.NotEmpty((string)made["metadata"]![field]!));

        await Refused(409, () => Make(Rollout()));
        var second = Rollout("two");
        second["metadata"]!["resourceVersion"] = "7";
        await Refused(500, () => Make(second));
        Assert.Null(_server.Of("imagerollouts").Find("shop/two"));
    }

    [Fact]
    public async Task A_status_is_written_by_its_own_address_and_the_rest_by_the_other()
    {
        var made = await Make(Rollout());
        made["status"] = new JsonObject { ["phase"] = "Done" };
        made["spec"]!["suspend"] = true;

        var spec = await Replace(made);
        Assert.Equal((true, null, 2), ((bool)spec["spec"]!["suspend"]!, spec["status"], (int)spec["metadata"]!["generation"]!));
        spec["status"] = new JsonObject { ["phase"] = "Done" };
        spec["spec"]!["suspend"] = false;
        var status = await ReplaceStatus(spec);

        Assert.Equal((true, "Done", 2), ((bool)status["spec"]!["suspend"]!, (string?)status["status"]!["phase"], (int)status["metadata"]!["generation"]!));
        var patched = await Patch(V1Patch.PatchType.MergePatch, """{"spec":{"suspend":null},"status":{"phase":"Blocked"}}""");
        Assert.Equal((null, "Done", 3), (patched["spec"]!["suspend"], (string?)patched["status"]!["phase"], (int)patched["metadata"]!["generation"]!));
    }

    [Fact]
    public async Task What_was_written_meanwhile_is_a_conflict_and_what_is_as_it_was_is_no_change()
    {
        var made = await Make(Rollout());
        var same = await Replace(made);
        Assert.Equal(FakeCollection.VersionOf(made), FakeCollection.VersionOf(same));
        made["spec"]!["suspend"] = true;
        await Replace(made);

        made["spec"]!["suspend"] = false;
        await Refused(409, () => Replace(made));
        await Refused(409, () => ReplaceStatus(made));
        made["metadata"]!.AsObject().Remove("resourceVersion");
        await Refused(422, () => Replace(made));
    }

    [Fact]
    public async Task An_apply_changes_one_container_and_leaves_the_others()
    {
        _server.Of("deployments").Put(Sample.Workload("one", ("app", "shop:1"), ("proxy", "proxy:1")));

        var applied = await _client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
            new V1Patch("""{"apiVersion":"apps/v1","kind":"Deployment","spec":{"template":{"spec":{"containers":[{"name":"app","image":"shop:2"}]}}}}""", V1Patch.PatchType.ApplyPatch), "apps", "v1", "shop", "deployments", "one",
            fieldManager: "test", cancellationToken: Patience.Ct);

        var containers = applied["spec"]!["template"]!["spec"]!["containers"]!.AsArray();
        Assert.Equal(["app shop:2 8080", "proxy proxy:1 8080"], containers.Select(one => $"{one!["name"]} {one["image"]} {one["ports"]![0]!["containerPort"]}"));
        Assert.Equal((2, 1), ((int)applied["metadata"]!["generation"]!, (int)applied["spec"]!["replicas"]!));
    }

    [Fact]
    public async Task An_apply_makes_what_is_not_there_unless_it_names_an_object_that_was()
    {
        await Refused(404, () => Patch(V1Patch.PatchType.MergePatch, """{"spec":{"suspend":true}}"""));
        await Refused(409, () => Patch(V1Patch.PatchType.ApplyPatch, $$$"""{{{{Kind}}},"metadata":{"name":"one","uid":"a"},"spec":{"container":"app"}}"""));

        await Refused(400, () => Patch(V1Patch.PatchType.ApplyPatch, """{"metadata":{"name":"one"},"spec":{"container":"app"}}"""));
        var made = await Patch(V1Patch.PatchType.ApplyPatch, $$$"""{{{{Kind}}},"metadata":{"name":"one","namespace":"shop"},"spec":{"container":"app"}}""");

        Assert.Equal(("app", 1), ((string?)made["spec"]!["container"], (int)made["metadata"]!["generation"]!));
    }

    [Fact]
    public async Task A_deletion_may_name_the_object_that_it_is_about()
    {
        var there = _server.Of("pods").Put(Sample.Workload("one"))["metadata"]!;
        await Refused(409, () => Delete(new V1Preconditions { Uid = "another" }));
        await Refused(409, () => Delete(new V1Preconditions { ResourceVersion = "1" }));
        Assert.Single(_server.Of("pods").Versions());

        await Delete(new V1Preconditions { Uid = (string?)there["uid"], ResourceVersion = (string?)there["resourceVersion"] });

        Assert.Empty(_server.Of("pods").Versions());
        await Refused(404, () => Delete(null));
    }

    [Fact]
    public async Task Lists_and_watches_are_of_a_namespace_and_of_labels()
    {
        var pods = new ResourceType("", "v1", "pods", "Pod");
        var (mine, other, elsewhere) = (Sample.Workload("mine"), Sample.Workload("other"), Sample.Workload("elsewhere"));
        (mine["metadata"]!["labels"], elsewhere["metadata"]!["labels"], elsewhere["metadata"]!["namespace"]) = (new JsonObject { ["of"] = "a" }, new JsonObject { ["of"] = "a" }, "lab");
        foreach (var one in new[] { mine, other, elsewhere })
            _server.Of("pods").Put(one);

        var list = await new ObjectFeed<V1Pod>(_client, pods, "shop", "of=a").List(Patience.Ct);
        Assert.Equal("mine", Assert.Single(list.Items).Metadata.Name);
        Assert.Equal(["elsewhere", "mine"], (await new ObjectFeed<V1Pod>(_client, pods, labels: "of").List(Patience.Ct)).Items.Select(one => one.Metadata.Name));

        mine["metadata"]!["labels"] = new JsonObject { ["of"] = "b" };
        elsewhere["metadata"]!["labels"]!["more"] = "c";
        foreach (var one in new[] { elsewhere, mine })
            _server.Of("pods").Put(one);
        await using var heard = new ObjectFeed<V1Pod>(_client, pods, "shop", "of=a").Watch(list.ResourceVersion, Patience.Ct).GetAsyncEnumerator(Patience.Ct);
        Assert.True(await heard.MoveNextAsync().Soon());
        Assert.Equal((WatchKind.Deleted, "mine"), (heard.Current.Kind, heard.Current.Object!.Metadata.Name));
    }

    static JsonObject Rollout(string name = "one") => new()
    {
        ["apiVersion"] = ImageRollout.Type.ApiVersion, ["kind"] = ImageRollout.Type.Kind, ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" },
        ["spec"] = new JsonObject { ["container"] = "app" }, ["status"] = new JsonObject { ["phase"] = "Done" },
    };

    static async Task Refused(int code, Func<Task> request) => Assert.Equal(code, (int)(await Assert.ThrowsAsync<HttpOperationException>(request)).Response.StatusCode);

    Task<JsonObject> Make(JsonObject thing) => _client.CustomObjects.CreateNamespacedCustomObjectAsync<JsonObject>(thing, ImageRollout.Group, ImageRollout.Version, "shop", ImageRollout.Plural, cancellationToken: Patience.Ct);

    Task<JsonObject> Replace(JsonObject thing) => _client.CustomObjects.ReplaceNamespacedCustomObjectAsync<JsonObject>(thing, ImageRollout.Group, ImageRollout.Version, "shop", ImageRollout.Plural, "one", cancellationToken: Patience.Ct);

    Task<JsonObject> ReplaceStatus(JsonObject thing) =>
        _client.CustomObjects.ReplaceNamespacedCustomObjectStatusAsync<JsonObject>(thing, ImageRollout.Group, ImageRollout.Version, "shop", ImageRollout.Plural, "one", cancellationToken: Patience.Ct);

    Task<JsonObject> Patch(V1Patch.PatchType type, string body) => _client.CustomObjects.PatchNamespacedCustomObjectAsync<JsonObject>(
        new V1Patch(body, type), ImageRollout.Group, ImageRollout.Version, "shop", ImageRollout.Plural, "one", fieldManager: "test", cancellationToken: Patience.Ct);

    Task<V1Pod> Delete(V1Preconditions? preconditions) => _client.CoreV1.DeleteNamespacedPodAsync("one", "shop", new V1DeleteOptions { Preconditions = preconditions }, cancellationToken: Patience.Ct);
}
