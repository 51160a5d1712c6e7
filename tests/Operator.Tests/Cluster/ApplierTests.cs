using System.Text.Json.Nodes;
using k8s.Autorest;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Cluster;

public sealed class ApplierTests : IAsyncLifetime
{
    FakeApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeApiServer.Start();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Fields_are_applied_as_their_owner_with_all_that_they_are_and_the_fence()
    {
        var (body, type) = ("", "");
        _server.On("PATCH", async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            (body, type) = (await reader.ReadToEndAsync(Patience.Ct), context.Request.ContentType);
            await Answer.Send(context, Sample.Deployment("one", "8", "a"));
        });

        await Apply(new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 3, ["paused"] = null } }, "a", "7");

        Assert.Equal("PATCH /apis/apps/v1/namespaces/shop/deployments/one?fieldManager=plimsoll-operator&force=true", await _server.Request());
        Assert.StartsWith("application/apply-patch+yaml", type);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"one","namespace":"shop","uid":"a","resourceVersion":"7"},"spec":{"replicas":3,"paused":null}}
            """)), body);
    }

    [Fact]
    public async Task What_was_written_meanwhile_or_made_anew_is_a_conflict()
    {
        var there = _server.Of("deployments").Put(Sample.Deployment("one"))!["metadata"]!;
        var (uid, version) = ((string)there["uid"]!, (string)there["resourceVersion"]!);
        var fields = new JsonObject { ["spec"] = new JsonObject { ["replicas"] = 3 } };

        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => Apply(fields, uid, "1"))).IsConflict());
        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => Apply(fields, "another", version))).IsConflict());
        await Apply(fields, uid, version);
        Assert.Equal(3, (int)_server.Of("deployments").Find("shop/one")!["spec"]!["replicas"]!);
    }

    [Fact]
    public async Task What_is_not_there_is_a_conflict_and_is_not_made()
    {
        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => Apply([], "a", "7"))).IsConflict());
        Assert.Empty(_server.Of("deployments").Versions());
    }

    Task Apply(JsonObject fields, string uid, string version) => new Applier(_server.Client()).Apply(Sample.Deployments, Sample.Key("one"), fields, uid, version, "plimsoll-operator", force: true, Patience.Ct);
}
