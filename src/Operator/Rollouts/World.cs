namespace Plimsoll.Operator.Rollouts;

/// <summary>What was seen before a decision: the cluster as the caches have it, and what the service answered to what the decision asked.</summary>
/// <param name="Target">Null: there is no such workload.</param>
/// <param name="OlderRival">The name of an older rollout for the same container; null: there is none.</param>
/// <param name="Resolution">Null: not asked.</param>
/// <param name="Gate">Null: not asked in this look. A verdict is never older than the look that acts on it.</param>
internal sealed record World(
    DateTimeOffset Now, Target? Target, string? OlderRival = null, SmokePod? Smoke = null, Answer<Resolved>? Resolution = null, Answer<Judged>? Gate = null, Answer<string>? Inspection = null);

/// <summary>A workload, as far as a rollout is about it.</summary>
/// <param name="Image">Of the container; null: the pod template has no such container.</param>
/// <param name="IsObserved">Whether the numbers are about the newest pod template.</param>
/// <param name="DeadlineExceeded">Whether Kubernetes itself has given the rollout up; only a Deployment has such a word.</param>
/// <param name="IsComplete">What <c>kubectl rollout status</c> would call done.</param>
internal sealed record Target(string Uid, string ResourceVersion, string? Image, bool IsObserved, bool IsComplete, bool DeadlineExceeded, bool IsPaused, Replicas Replicas, DateTimeOffset? DeadlineExceededAt = null);

internal readonly record struct Replicas(int Desired, int Updated, int Ready, int Available);

/// <summary>The pod that runs a new image once before the workload does.</summary>
internal sealed record SmokePod(string Name, string Digest, SmokeState State, DateTimeOffset CreatedAt, string? Reason = null);

internal enum SmokeState
{
    /// <summary>The image has not run yet: no node has room, or none can pull it.</summary>
    Starting,

    Running, Passed, Failed,

    /// <summary>The cluster ended the pod, which says nothing about its image.</summary>
    Lost,
}

/// <summary>What a reference points at.</summary>
internal sealed record Resolved(string Digest, IReadOnlyList<string> Platforms);

/// <summary>A verdict, as the service gave it.</summary>
/// <param name="Outcome"><c>Pass</c>, <c>Fail</c> or <c>Undecided</c>.</param>
/// <param name="Violations">Each rule that failed: its limit, what was measured, and what would make it pass.</param>
internal sealed record Judged(string Outcome, string? Reason, string Policy, int Revision, IReadOnlyList<Violation> Violations, GateSummary? Summary = null, string? ReportUrl = null);

/// <summary>An answer of the service, or why there is none.</summary>
internal sealed record Answer<T>(T? Value, Trouble? Trouble = null)
    where T : class;

/// <param name="IsPassing">Whether the same question may be answered later: the service or the registry is away.</param>
/// <param name="Reason">In CamelCase, for a condition.</param>
internal sealed record Trouble(bool IsPassing, string Reason, string Message);
