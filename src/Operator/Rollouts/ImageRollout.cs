using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Definitions;

namespace Plimsoll.Operator.Rollouts;

/// <summary>The custom resource: which image a workload shall run, if it passes.</summary>
internal sealed class ImageRollout : IKubernetesObject<V1ObjectMeta>, ISpec<RolloutSpec>
{
    public const string Group = "plimsoll.dev", Version = "v1alpha1", Plural = "imagerollouts";

    public static readonly ResourceType Type = new(Group, Version, Plural, nameof(ImageRollout));

    /// <summary>The annotation by which somebody asks for a look; any new value will do.</summary>
    public const string RequestedAt = "plimsoll.dev/reconcile-requested-at";

    /// <summary>An annotation may be as long as a book, and the status echoes it.</summary>
    const int LongestRequest = 256;

    public string ApiVersion { get; set; } = Type.ApiVersion;

    public string Kind { get; set; } = Type.Kind;

    public V1ObjectMeta Metadata { get; set; } = new();

    public required RolloutSpec Spec { get; set; }

    public RolloutStatus? Status { get; set; }

    /// <summary>The value of <see cref="RequestedAt"/>, as much of it as counts; null: nobody asked.</summary>
    public string? ReconcileRequestedAt() => Metadata.Annotations is { } annotations && annotations.TryGetValue(RequestedAt, out var at) ? at[..Math.Min(at.Length, LongestRequest)] : null;
}

internal enum TargetKind { Deployment, StatefulSet, DaemonSet }

internal enum DigestPolicy { Pin, Track }

internal enum OnError { Block, Allow }

internal enum OnNewVulnerabilities { Report, Suspend }

internal enum OnRolloutFailure { OnFailure, Never }

internal enum Drift { Report, Revert, Adopt }

[Rule("has(self.policyRef) != has(self.policy)", "exactly one of policyRef and policy says what the image has to pass")]
[Rule("!has(self.interval) || self.digestPolicy == 'Track'", "interval says how often a tag is looked up, so it goes with digestPolicy: Track alone")]
[Rule("!has(self.interval) || duration(self.interval) >= duration('30s')", "interval is at least 30s")]
[Rule("self.digestPolicy != 'Track' || !self.image.contains('@')", "a digest never moves, so digestPolicy: Track takes an image by its tag")]
internal sealed record RolloutSpec(
    [Description("The workload, in the same namespace. Cannot be changed."), Rule("self == oldSelf", "targetRef cannot be changed: delete this rollout and make another")] TargetRef TargetRef,
    [Description("The container of its pod template whose image this is. Cannot be changed."), Length(1, 63), Rule("self == oldSelf", "container cannot be changed: delete this rollout and make another")] string Container,
    [Description("A tag, a digest, or both, such as registry.example/shop/checkout:1.4.2."), Length(1, 512)] string Image,
    [Description("Pin: what the tag points at when this is written. Track: what it points at now, looked up every interval.")] DigestPolicy DigestPolicy = DigestPolicy.Pin,
    [Description("With Track: how often the tag is looked up, such as 10m, which is also what holds where nothing is said."), Length(2, 20), RegularExpression(Durations.Pattern)] string? Interval = null,
    [Description("The platforms that have to pass, such as linux/amd64; all that the image has where nothing is said."), Length(1, 16)] IReadOnlyList<string>? Platforms = null,
    [Description("Secrets of the type kubernetes.io/dockerconfigjson with the login for the registry. Read only where the operator was allowed to; otherwise Plimsoll's own logins serve."), Length(0, 8)] IReadOnlyList<NameRef>? PullSecretRefs = null,
    [Description("A policy that Plimsoll has.")] NameRef? PolicyRef = null,
    [Description("A policy of its own, in the shape that policies have everywhere.")] JsonObject? Policy = null,
    [Description("What to do until there is a verdict, and when there is none."), Filled] GateSpec? Gate = null,
    [Description("Runs one pod of the new image first, out of the reach of any Service.")] SmokeSpec? Smoke = null,
    [Description("How the rollout is watched, and what happens when it fails."), Filled] RollSpec? Rollout = null,
    [Description("What to do when somebody else changes the image: Report it, Revert it, or Adopt it until the next change of this spec.")] Drift Drift = Drift.Report,
    [Description("Whether nothing is done until this is false again.")] bool Suspend = false);

internal sealed record TargetRef(TargetKind Kind, [Length(1, 253)] string Name);

internal sealed record NameRef([Length(1, 253)] string Name);

internal sealed record GateSpec(
    [Description("How long a verdict may be undecided, such as 10m."), Length(2, 20), RegularExpression(Durations.Pattern)] string Timeout = "10m",
    [Description("What to do after that time: Block, or Allow, which rolls what nobody judged.")] OnError OnError = OnError.Block,
    [Description("What to do when new vulnerabilities make an image fail that runs already, and goes on running: Report it, or Suspend, which also makes the rollout not ready until it passes again.")] OnNewVulnerabilities OnNewVulnerabilities = OnNewVulnerabilities.Report);

internal sealed record SmokeSpec(
    [Description("What the pod is asked; it passes when the answer is a success.")] HttpGetSpec HttpGet,
    [Description("Seconds that it may take to come up."), Range(1, 3600)] int TimeoutSeconds = 60);

internal sealed record HttpGetSpec([Length(1, 1024), RegularExpression("^/")] string Path, [Range(1, 65535)] int Port);

internal sealed record RollSpec(
    [Description("Seconds that a rollout may take before it has failed."), Range(1, 86400)] int ProgressDeadlineSeconds = 600,
    [Description("Seconds that it has to stay well before it is done."), Range(0, 3599)] int SoakSeconds = 0,
    [Description("Whether a rollout that failed goes back to the image that was rolled out last.")] OnRolloutFailure Rollback = OnRolloutFailure.OnFailure);
