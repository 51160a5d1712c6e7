namespace Plimsoll.Cli.Rollouts;

/// <summary>A rollout for programs. What nobody knows is left out.</summary>
/// <param name="Image">As the spec has it.</param>
/// <param name="Digest">What that is.</param>
/// <param name="Reason">Of the phase, as the operator has it.</param>
/// <param name="Since">Of the phase.</param>
/// <param name="Next">What can be done; only where one rollout is explained.</param>
/// <param name="Status">As the cluster has it; only where one rollout is explained.</param>
internal sealed record RolloutAnswer(
    string Namespace, string Name, string Target, string? Container, string? Image, string? Digest, string? Verdict, string Phase, string? Reason, string Why, DateTimeOffset? Since,
    DateTimeOffset? Created, bool IsSpecNewer, IReadOnlyList<NextStep>? Next = null, RolloutStatus? Status = null)
{
    public static RolloutAnswer Of(ImageRollout rollout) => new(
        rollout.Namespace, rollout.Name, rollout.Target, rollout.Spec?.Container, rollout.Spec?.Image, rollout.Status?.Image?.Digest, rollout.Status?.Gate?.Verdict, rollout.Phase, rollout.Reason,
        Stage.Why(rollout), Stage.Since(rollout), rollout.Metadata?.CreationTimestamp, rollout.IsBehind);
}
