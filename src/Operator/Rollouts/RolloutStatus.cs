using System.ComponentModel.DataAnnotations;
using k8s.Models;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Where a rollout is. Bounded: the report itself stays with the service.</summary>
/// <param name="Current">The image that was set last; anything else that the target runs was put there by somebody else.</param>
/// <param name="LastGood">The image that was rolled out last: what a failed rollout goes back to.</param>
/// <param name="FailedDigests">Not tried again until the spec, the policy or the evidence is another. At most 5.</param>
/// <param name="History">The newest first, at most 10.</param>
internal sealed record RolloutStatus(
    long ObservedGeneration = -1, Phase Phase = Phase.Pending, ResolvedImage? Image = null, string? Current = null, string? LastGood = null, GateStatus? Gate = null, RollStatus? Rollout = null,
    [Length(0, RolloutStatus.MostFailed)] IReadOnlyList<FailedDigest>? FailedDigests = null, [Length(0, RolloutStatus.MostHistory)] IReadOnlyList<HistoryEntry>? History = null, string? LastHandledReconcileAt = null, IReadOnlyList<V1Condition>? Conditions = null)
{
    public const int MostFailed = 5, MostHistory = 10, MostViolations = 10, MostPlatforms = 64;

    public static RolloutStatus New { get; } = new();

    public bool HasFailed(string digest) => FailedDigests?.Any(one => one.Digest == digest) ?? false;
}

internal enum Phase { Pending, Resolving, Inspecting, Gating, Smoking, Rolling, Verifying, RollingBack, Done, RolledBack, Blocked, Suspended, Stalled }

/// <param name="Requested">As the spec has it.</param>
/// <param name="Short">The first digits of the digest, for tables.</param>
internal sealed record ResolvedImage(string Requested, string Digest, DateTimeOffset ResolvedAt, IReadOnlyList<string>? Platforms = null, string? Short = null);

/// <param name="Verdict"><c>Pass</c>, <c>Fail</c> or <c>Undecided</c>.</param>
/// <param name="Since">When the gate began to be asked about this digest.</param>
/// <param name="InspectionAskedAt">When it was last asked to be inspected; null: it was inspected before.</param>
internal sealed record GateStatus(
    string Verdict, string? Reason, string Policy, int PolicyRevision, string? InspectionId, DateTimeOffset EvaluatedAt, DateTimeOffset Since, GateSummary? Summary = null,
    [Length(0, RolloutStatus.MostViolations)] IReadOnlyList<Violation>? Violations = null, string? ReportUrl = null, DateTimeOffset? InspectionAskedAt = null);

/// <summary>What was found in all platforms together. What is not known is left out.</summary>
/// <param name="Size">Bytes of the largest platform.</param>
internal sealed record GateSummary(int? Critical = null, int? High = null, int? Medium = null, int? Low = null, int? Fixable = null, int? Findings = null, int? Secrets = null, long? Size = null);

/// <summary>A rule that failed.</summary>
/// <param name="Rule">Its place in the policy, such as <c>limits.size</c>.</param>
/// <param name="Limit">As the policy writes it.</param>
/// <param name="Actual">What was measured.</param>
/// <param name="Advice">What would make it pass.</param>
/// <param name="Platform">Null where the image has one.</param>
internal sealed record Violation(string Rule, string Limit, string Actual, string? Advice = null, string? Platform = null)
{
    public override string ToString() => $"{Rule}{(Platform is null ? "" : $" ({Platform})")}: {Actual}, limit {Limit}";
}

/// <param name="Image">What is being rolled out: the digest with its name.</param>
/// <param name="IsBack">Whether it goes back to what ran before.</param>
/// <param name="From">What the target ran when this began. While it still does, the image was not set, whoever died in between.</param>
internal sealed record RollStatus(
    string Image, DateTimeOffset StartedAt, DateTimeOffset DeadlineAt, int Desired, int Updated, int Ready, int Available, DateTimeOffset? AvailableSince = null, string? From = null, bool IsBack = false);

/// <param name="Generation">Of the spec that it failed under.</param>
/// <param name="PolicyRevision">Of the policy that it failed under.</param>
internal sealed record FailedDigest(string Digest, string Reason, long Generation, int PolicyRevision, DateTimeOffset At);

/// <param name="Outcome"><c>RolledOut</c>, <c>RolledBack</c>, <c>Failed</c>, <c>Blocked</c> or <c>Adopted</c>.</param>
internal sealed record HistoryEntry(string Image, string Outcome, DateTimeOffset At);
