namespace Plimsoll.Cli.Rollouts;

/// <summary>Why a rollout is where it is, in a sentence, and since when.</summary>
internal static class Stage
{
    public static string Why(ImageRollout rollout)
    {
        if (rollout.Status is not { } status || !rollout.IsSeen)
            return "the operator has not looked at it yet";
        var ready = Message(status, "Ready");
        return (rollout.Phase, rollout.Reason) switch
        {
            ("Blocked", "GateFailed") => $"the image fails policy {Policy(status)} and is not rolled out{Meanwhile(status)}",
            ("Blocked", "SmokeFailed") => $"its smoke pod failed ({Message(status, "SmokePassed")}), so it is not rolled out{Meanwhile(status)}",
            ("Blocked", "RolloutFailed") => $"its rollout failed ({Message(status, "RolledOut")}), and it was not rolled back",
            ("RolledBack", _) => $"its rollout failed ({Message(status, "RolledOut")}); {status.LastGood ?? "what ran before"} runs again",
            ("Blocked", _) when status.Condition("GatePassed")?.Status == "Unknown" => $"{ready}, so it is not rolled out{Meanwhile(status)}",
            ("Resolving", _) => $"the image could not be looked up: {Message(status, "ImageResolved")}",
            ("Inspecting", _) => "the image is being inspected",
            ("Gating", _) when !ready.StartsWith("no verdict", StringComparison.Ordinal) => $"there is no verdict yet: {ready}",
            ("Smoking", "SmokeRuns") => "a pod of its own runs the image first, and is not ready yet",
            _ => ready,
        };
    }

    /// <summary>Null: the status does not say.</summary>
    public static DateTimeOffset? Since(ImageRollout rollout)
    {
        if (rollout.Status is not { } status || !rollout.IsSeen)
            return rollout.Metadata?.CreationTimestamp;
        return (rollout.Phase, rollout.Reason) switch
        {
            ("Resolving", _) => At("ImageResolved"),
            ("Inspecting" or "Gating", _) => status.Gate?.Since ?? At("GatePassed"),
            ("Smoking", _) or ("Blocked", "SmokeFailed") => At("SmokePassed"),
            ("Rolling" or "Verifying" or "RollingBack", _) => status.Rollout?.StartedAt,
            ("Done", "Drifted" or "Adopted") => At("Drifted"),
            ("Done", _) or ("Blocked", "RolloutFailed" or "RollbackFailed") => At("RolledOut"),
            ("Blocked", _) => At("GatePassed"),
            ("RolledBack", _) => At("RolledBack"),
            ("Stalled", _) => At("Stalled"),
            _ => null,
        } ?? At("Ready");

        DateTimeOffset? At(string type) => status.Condition(type)?.LastTransitionTime;
    }

    static string Meanwhile(RolloutStatus status) => status.Current is { Length: > 0 } current && status.Condition("Drifted") is not { Holds: true } ? $"; {current} goes on running" : "";

    static string Policy(RolloutStatus status) => status.Gate?.Policy is { Length: > 0 } policy ? policy : "(no name)";

    static string Message(RolloutStatus status, string type) => status.Condition(type)?.Message is { Length: > 0 } message ? message : "the status does not say why";
}
