using System.Text.Json;

namespace Plimsoll.Cli.Rollouts;

/// <summary>An ImageRollout as the cluster has it, as far as it is shown. Any of it may be missing: an operator of another version wrote it, or none has yet.</summary>
internal sealed record ImageRollout(RolloutMetadata? Metadata, RolloutSpec? Spec, RolloutStatus? Status)
{
    public string Name => Metadata?.Name ?? "(no name)";

    public string Namespace => Metadata?.Namespace ?? "default";

    /// <summary>As kubectl takes it, such as <c>Deployment/checkout</c>.</summary>
    public string Target => $"{Spec?.TargetRef?.Kind ?? "(no kind)"}/{Spec?.TargetRef?.Name ?? "(no name)"}";

    public string Phase => Status?.Phase ?? "Pending";

    /// <summary>Why it is in its phase, as one word of the operator.</summary>
    public string? Reason => Status?.Condition("Ready")?.Reason;

    /// <summary>Whether the operator has ever looked at it: a definition may fill in a status before.</summary>
    public bool IsSeen => Status is { Phase: not null, ObservedGeneration: null or >= 0 };

    /// <summary>Whether what the status says is about an older spec.</summary>
    public bool IsBehind => IsSeen && Metadata?.Generation is { } generation && Status?.ObservedGeneration is { } observed && observed < generation;
}

internal sealed record RolloutMetadata(string? Name, string? Namespace, long? Generation, DateTimeOffset? CreationTimestamp, DateTimeOffset? DeletionTimestamp);

internal sealed record RolloutSpec(
    TargetRef? TargetRef, string? Container, string? Image, string? DigestPolicy, string? Interval, SmokeSpec? Smoke, GateSpec? Gate, JsonElement? Policy = null, bool Suspend = false);

internal sealed record TargetRef(string? Kind, string? Name);

internal sealed record GateSpec(string? Timeout, string? OnError);

internal sealed record SmokeSpec(int? TimeoutSeconds);
