using k8s.Models;

namespace Plimsoll.Operator.Rollouts;

/// <summary>Where a rollout is. Bounded: the report itself stays with the service.</summary>
/// <param name="Current">The image that was set last; anything else that the target runs was put there by somebody else.</param>
/// <param name="LastGood">The image that was rolled out last: what a failed rollout goes back to.</param>
/// <param name="FailedDigests">Not tried again until the spec, the policy or the evidence is another. At most 5.</param>
/// <param name="History">The newest first, at most 10.</param>
internal sealed record RolloutStatus(
    long ObservedGeneration, Phase Phase, ResolvedImage? Image = null, string? Current = null, string? LastGood = null, GateStatus? Gate = null, RollStatus? Rollout = null,
    IReadOnlyList<FailedDigest>? FailedDigests = null, IReadOnlyList<HistoryEntry>? History = null, string? LastHandledReconcileAt = null, IReadOnlyList<V1Condition>? Conditions = null)
{
    public const int MostFailed = 5, MostHistory = 10, MostViolations = 10;

    public static RolloutStatus New { get; } = new(-1, Phase.Pending);

    public bool HasFailed(string digest) => FailedDigests?.Any(one => one.Digest == digest) ?? false;
}

internal enum Phase { Pending, Resolving, Inspecting, Gating, Smoking, Rolling, Verifying, RollingBack, Done, RolledBack, Blocked, Suspended, Stalled }

/// <param name="Requested">As the spec has it.</param>
internal sealed record ResolvedImage(string Requested, string Digest, DateTimeOffset ResolvedAt, IReadOnlyList<string>? Platforms = null);

/// <param name="Verdict"><c>Pass</c>, <c>Fail</c> or <c>Undecided</c>.</param>
/// <param name="Since">When the gate began to be asked about this digest.</param>
internal sealed record GateStatus(
    string Verdict, string? Reason, string Policy, int PolicyRevision, string? InspectionId, DateTimeOffset EvaluatedAt, DateTimeOffset Since, GateSummary? Summary = null,
    IReadOnlyList<string>? Violations = null);

internal sealed record GateSummary(int Critical, int High, int Medium, int Low, int Fixable, int Findings, int Secrets, long Size);

/// <param name="Image">What is being rolled out: the digest with its name.</param>
internal sealed record RollStatus(string Image, DateTimeOffset StartedAt, DateTimeOffset DeadlineAt, int Desired, int Updated, int Ready, int Available, DateTimeOffset? AvailableSince = null);

/// <param name="Generation">Of the spec that it failed under.</param>
/// <param name="PolicyRevision">Of the policy that it failed under.</param>
internal sealed record FailedDigest(string Digest, string Reason, long Generation, int PolicyRevision, DateTimeOffset At);

/// <param name="Outcome"><c>RolledOut</c>, <c>RolledBack</c>, <c>Failed</c>, <c>Blocked</c> or <c>Adopted</c>.</param>
internal sealed record HistoryEntry(string Image, string Outcome, DateTimeOffset At);
