using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Operator.Tests.Server;

/// <summary>What a real API server makes of the custom resource.</summary>
public sealed class DefinitionOnServerTests(ControlPlane plane)
{
    const string Least = """{"targetRef":{"kind":"Deployment","name":"web"},"container":"app","image":"registry.example/web:1","policyRef":{"name":"production"}}""";

    [Fact]
    public async Task What_is_not_said_gets_its_default_and_a_status_of_no_spec()
    {
        using var server = await plane.Client();

        var rollout = await Create(server, JsonNode.Parse(Least)!.AsObject());

        Assert.Equal((DigestPolicy.Pin, Drift.Report, false), (rollout.Spec.DigestPolicy, rollout.Spec.Drift, rollout.Spec.Suspend));
        Assert.Equal((new GateSpec(), new RollSpec()), (rollout.Spec.Gate, rollout.Spec.Rollout));
        Assert.Equal((-1, Phase.Pending, 1), (rollout.Status!.ObservedGeneration, rollout.Status.Phase, rollout.Metadata.Generation));
    }

    [Fact]
    public async Task A_name_that_is_no_label_is_refused()
    {
        using var server = await plane.Client();

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => Create(server, JsonNode.Parse(Least)!.AsObject(), new string('w', 64)));

        Assert.Contains("at most 63 characters", refusal.Reason(), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Refused => new()
    {
        { """{"policy":{"version":1}}""", "exactly one of policyRef and policy" },
        { """{"policyRef":null}""", "exactly one of policyRef and policy" },
        { """{"interval":"10m"}""", "digestPolicy: Track alone" },
        { """{"digestPolicy":"Track","interval":"29s"}""", "at least 30s" },
        { """{"digestPolicy":"Track","interval":"soon"}""", "spec.interval" },
        { $$"""{"digestPolicy":"Track","image":"registry.example/web@sha256:{{new string('a', 64)}}"}""", "a digest never moves" },
        { """{"digestPolicy":"Sometimes"}""", "Unsupported value" },
        { """{"targetRef":{"kind":"Job","name":"web"}}""", "Unsupported value" },
        { """{"container":""}""", "spec.container" },
        { """{"image":null}""", "spec.image" },
        { """{"rollout":{"soakSeconds":3600}}""", "spec.rollout.soakSeconds" },
        { """{"smoke":{"httpGet":{"path":"health","port":8000}}}""", "spec.smoke.httpGet.path" },
        { """{"smoke":{"httpGet":{"path":"/health","port":0}}}""", "spec.smoke.httpGet.port" },
        { """{"platforms":[]}""", "spec.platforms" },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task What_makes_no_sense_is_refused_with_a_reason(string change, string reason)
    {
        using var server = await plane.Client();

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => Create(server, With(change)));

        Assert.Equal(422, (int)refusal.Response.StatusCode);
        Assert.Contains(reason, refusal.Reason(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"digestPolicy":"Track"}""")]
    [InlineData("""{"digestPolicy":"Track","interval":"1h30m"}""")]
    [InlineData("""{"policyRef":null,"policy":{"version":1,"limits":{"size":"250 MiB"}}}""")]
    [InlineData("""{"platforms":["linux/amd64"],"smoke":{"httpGet":{"path":"/health","port":8000}},"drift":"Adopt","suspend":true}""")]
    public async Task What_makes_sense_is_taken(string change)
    {
        using var server = await plane.Client();

        Assert.Equal(1, (await Create(server, With(change))).Metadata.Generation);
    }

    [Fact]
    public async Task A_policy_of_its_own_keeps_what_nobody_knows_so_that_the_service_can_say_so()
    {
        using var server = await plane.Client();

        var rollout = await Create(server, With("""{"policyRef":null,"policy":{"limitz":{"deep":[1,{"x":null}]}}}"""));

        Assert.Equal("""{"limitz":{"deep":[1,{"x":null}]}}""", rollout.Spec.Policy!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"targetRef":{"kind":"Deployment","name":"other"}}""", "targetRef cannot be changed")]
    [InlineData("""{"container":"other"}""", "container cannot be changed")]
    public async Task What_a_rollout_is_about_cannot_be_changed(string change, string reason)
    {
        using var server = await plane.Client();
        var rollout = await Create(server, JsonNode.Parse(Least)!.AsObject());

        var refusal = await Assert.ThrowsAsync<HttpOperationException>(() => server.CustomObjects.PatchNamespacedCustomObjectAsync<ImageRollout>(
            new k8s.Models.V1Patch($$"""{"spec":{{change}}}""", k8s.Models.V1Patch.PatchType.MergePatch), ImageRollout.Group, ImageRollout.Version, rollout.Metadata.NamespaceProperty, ImageRollout.Plural, "web", cancellationToken: Patience.Ct));

        Assert.Contains(reason, refusal.Reason(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_status_changes_no_spec_and_a_spec_no_status_and_a_status_of_an_older_look_is_a_conflict()
    {
        using var server = await plane.Client();
        var rollout = await Create(server, JsonNode.Parse(Least)!.AsObject());
        var applier = new Applier(server);
        var now = DateTimeOffset.UnixEpoch.AddYears(50);
        var full = rollout.Status! with
        {
            ObservedGeneration = 1, Phase = Phase.Blocked, Image = new ResolvedImage("registry.example/web:1", "sha256:aa", now, ["linux/amd64"], "aa"),
            Gate = new GateStatus("Fail", null, "production", 3, "id", now, now, new GateSummary(Size: 12), [new Violation("limits.size", "1", "2", "less", "linux/amd64")], "http://plimsoll/", now),
            Rollout = new RollStatus("image", now, now, 1, 2, 3, 4, now, "from"), FailedDigests = [new FailedDigest("sha256:aa", "SmokeFailed", 1, 3, now)], History = [new HistoryEntry("image", "Failed", now)],
            Conditions = [new k8s.Models.V1Condition { Type = "Ready", Status = "False", Reason = "GateFailed", Message = "m", LastTransitionTime = now.UtcDateTime, ObservedGeneration = 1 }],
        };

        var written = await applier.ReplaceStatus(ImageRollout.Type, new ImageRollout { Metadata = rollout.Metadata, Spec = rollout.Spec with { Image = "another" }, Status = full }, Patience.Ct);

        Assert.Equal(("registry.example/web:1", 1), (written.Spec.Image, written.Metadata.Generation));
        // Nothing of it is lost to a schema that does not know it.
        Assert.Equal(k8s.KubernetesJson.Serialize(full), k8s.KubernetesJson.Serialize(written.Status!));
        Assert.True((await Assert.ThrowsAsync<HttpOperationException>(() => applier.ReplaceStatus(ImageRollout.Type, rollout, Patience.Ct))).IsConflict());
    }

    static JsonObject With(string change)
    {
        var spec = JsonNode.Parse(Least)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject())
            if (value is null)
                spec.Remove(name);
            else
                spec[name] = value.DeepClone();
        return spec;
    }

    static async Task<ImageRollout> Create(ApiServer server, JsonObject spec, string name = "web")
    {
        var rollout = new JsonObject { ["apiVersion"] = "plimsoll.dev/v1alpha1", ["kind"] = "ImageRollout", ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = spec };
        return await server.CustomObjects.CreateNamespacedCustomObjectAsync<ImageRollout>(rollout, ImageRollout.Group, ImageRollout.Version, await ControlPlane.Namespace(server), ImageRollout.Plural, cancellationToken: Patience.Ct);
    }
}
