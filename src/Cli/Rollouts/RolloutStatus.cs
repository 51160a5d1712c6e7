namespace Plimsoll.Cli.Rollouts;

/// <summary>Where the operator says that a rollout is.</summary>
internal sealed record RolloutStatus(
    string? Phase, long? ObservedGeneration, ResolvedImage? Image, string? Current, string? LastGood, GateStatus? Gate, RollStatus? Rollout, IReadOnlyList<FailedDigest?>? FailedDigests,
    IReadOnlyList<HistoryEntry?>? History, IReadOnlyList<Condition?>? Conditions)
{
    public Condition? Condition(string type) => Conditions?.FirstOrDefault(condition => condition?.Type == type);
}

internal sealed record ResolvedImage(string? Requested, string? Digest, DateTimeOffset? ResolvedAt, IReadOnlyList<string?>? Platforms);

internal sealed record GateStatus(
    string? Verdict, string? Reason, string? Policy, int? PolicyRevision, string? InspectionId, string? ReportUrl, DateTimeOffset? EvaluatedAt, DateTimeOffset? Since, GateSummary? Summary,
    IReadOnlyList<Violation?>? Violations);

internal sealed record GateSummary(int? Critical, int? High, int? Medium, int? Low, int? Fixable, int? Findings, int? Secrets, long? Size);

/// <summary>A rule that failed. The advice says what would make it pass.</summary>
internal sealed record Violation(string? Rule, string? Limit, string? Actual, string? Advice, string? Platform);

internal sealed record RollStatus(
    string? Image, DateTimeOffset? StartedAt, DateTimeOffset? DeadlineAt, int? Desired, int? Updated, int? Ready, int? Available, DateTimeOffset? AvailableSince);

internal sealed record FailedDigest(string? Digest, string? Reason, int? PolicyRevision, DateTimeOffset? At);

internal sealed record HistoryEntry(string? Image, string? Outcome, DateTimeOffset? At);

/// <param name="Status"><c>True</c>, <c>False</c> or <c>Unknown</c>.</param>
internal sealed record Condition(string? Type, string? Status, string? Reason, string? Message, DateTimeOffset? LastTransitionTime)
{
    public bool Holds => Status == "True";
}
