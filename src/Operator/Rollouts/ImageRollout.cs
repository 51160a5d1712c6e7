using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Plimsoll.Operator.Cluster;

namespace Plimsoll.Operator.Rollouts;

/// <summary>The custom resource: which image a workload shall run, if it passes.</summary>
internal sealed class ImageRollout : IKubernetesObject<V1ObjectMeta>, ISpec<RolloutSpec>
{
    public const string Group = "plimsoll.dev", Version = "v1alpha1", Plural = "imagerollouts";

    public static readonly ResourceType Type = new(Group, Version, Plural, nameof(ImageRollout));

    public string ApiVersion { get; set; } = Type.ApiVersion;

    public string Kind { get; set; } = Type.Kind;

    public V1ObjectMeta Metadata { get; set; } = new();

    public required RolloutSpec Spec { get; set; }

    public RolloutStatus? Status { get; set; }
}

internal enum TargetKind { Deployment, StatefulSet, DaemonSet }

internal enum DigestPolicy { Pin, Track }

internal enum OnError { Block, Allow }

internal enum OnNewVulnerabilities { Report, Suspend }

internal enum OnRolloutFailure { OnFailure, Never }

internal enum Drift { Report, Revert, Adopt }

/// <param name="TargetRef">The workload, in the same namespace. Cannot be changed.</param>
/// <param name="Container">Of its pod template.</param>
/// <param name="Image">A tag, a digest, or both.</param>
/// <param name="DigestPolicy"><c>Pin</c>: what the tag points at when this is written. <c>Track</c>: what it points at now.</param>
/// <param name="Interval">With <c>Track</c>: how often the tag is looked up, such as <c>10m</c>.</param>
/// <param name="Platforms">That have to pass; null: all that the image has.</param>
/// <param name="Policy">A policy of its own, in the shape that policies have everywhere.</param>
internal sealed record RolloutSpec(
    TargetRef TargetRef, string Container, string Image, DigestPolicy DigestPolicy = DigestPolicy.Pin, string? Interval = null, IReadOnlyList<string>? Platforms = null,
    IReadOnlyList<NameRef>? PullSecretRefs = null, NameRef? PolicyRef = null, JsonObject? Policy = null, GateSpec? Gate = null, SmokeSpec? Smoke = null, RollSpec? Rollout = null,
    Drift Drift = Drift.Report, bool Suspend = false);

internal sealed record TargetRef(TargetKind Kind, string Name);

internal sealed record NameRef(string Name);

/// <param name="Timeout">How long a verdict may be undecided, such as <c>10m</c>.</param>
internal sealed record GateSpec(string Timeout = "10m", OnError OnError = OnError.Block, OnNewVulnerabilities OnNewVulnerabilities = OnNewVulnerabilities.Report);

internal sealed record SmokeSpec(HttpGetSpec HttpGet, int TimeoutSeconds = 60);

internal sealed record HttpGetSpec(string Path, int Port);

internal sealed record RollSpec(int ProgressDeadlineSeconds = 600, int SoakSeconds = 0, OnRolloutFailure Rollback = OnRolloutFailure.OnFailure);
