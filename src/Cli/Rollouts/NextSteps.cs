namespace Plimsoll.Cli.Rollouts;

/// <summary>What a reader can do about where a rollout is. A guess is worse than nothing: where the status gives no hint there is no step.</summary>
/// <param name="access">What kubectl was given besides, such as a context: a command that is copied must reach the same cluster.</param>
internal sealed class NextSteps(ImageRollout rollout, IReadOnlyList<string> access, DateTimeOffset now)
{
    /// <summary>The service's answers come late at worst, a deadline does not.</summary>
    static readonly TimeSpan Late = TimeSpan.FromMinutes(1);

    string Target => rollout.Target is var target && target.IndexOf('/', StringComparison.Ordinal) is var slash ? target[..slash].ToLowerInvariant() + target[slash..] : "";

    string Policy => rollout.Spec?.Policy is not null ? "spec.policy" : rollout.Status?.Gate?.Policy is { Length: > 0 } policy ? $"policy {policy}" : "the policy";

    static NextStep RefusedToken => new("give the operator a token that the service takes; it is asked again by itself");

    public IEnumerable<NextStep> All()
    {
        if (rollout.Metadata?.DeletionTimestamp is not null)
            return [new("nothing: it is being deleted, and its target keeps running what it runs")];
        if (!rollout.IsSeen || rollout.IsBehind || rollout.Status!.Rollout?.DeadlineAt + Late < now)
            return [new("see that the operator runs, since it has not looked at this", Everywhere("get", "pods", "-l", "app.kubernetes.io/component=operator"))];
        return (rollout.Phase, rollout.Reason) switch
        {
            ("Suspended", _) => [new("let it go on", Patch("""{"spec":{"suspend":false}}"""))],
            (_, "ClusterRefused") => [new("mend what the cluster refuses; it is tried again every minute")],
            (_, "TargetPaused") => [new("let the target go on", Kubectl("rollout", "resume", Target))],
            ("Pending", "TargetNotFound") => [new("create the target, or delete this ImageRollout, whose target cannot be changed; what there is", Kubectl("get", Kind()))],
            ("Resolving", _) => Resolving(),
            ("Inspecting", _) => [new("nothing yet; to follow the inspection", Follow())],
            ("Gating", _) => [.. Undecided()],
            ("Smoking", "SmokeNotStarted") => [new("see what keeps the pod from starting", Kubectl("describe", "pods", "-l", $"plimsoll.dev/smoke-of={rollout.Name}"))],
            ("Smoking", _) => [new("nothing yet; what the pod says", Kubectl("logs", "-l", $"plimsoll.dev/smoke-of={rollout.Name}", "--all-containers"))],
            ("Rolling" or "Verifying" or "RollingBack", _) => [new("nothing yet; to follow it", Kubectl("rollout", "status", Target))],
            ("Done", "Drifted") => [new("keep it: set spec.drift to Adopt, or spec.image to what runs"), new("or put back what was rolled out", Patch("""{"spec":{"drift":"Revert"}}"""))],
            ("Done", _) => Running(),
            ("RolledBack", _) => [new("see what happened to its pods, while the events are kept", Kubectl("get", "events", "--sort-by", ".lastTimestamp")), .. Again()],
            ("Blocked", "GateFailed") => [NewImage("mend what is listed below"), new($"or exempt it in {Policy}, with a reason and a date"), LookNow()],
            ("Blocked", "SmokeFailed") => [new("see what happened", Kubectl("describe", "imagerollout", rollout.Name)), new("or mend spec.smoke, if it asks for the wrong thing"), .. Again()],
            ("Blocked", "RolloutFailed") => [new("the failed image is still set: look at its pods", Kubectl("get", "pods")), .. Again()],
            ("Blocked", "RollbackFailed") => [new("neither image comes up: look at the target before the image", Kubectl("describe", Target))],
            ("Blocked", _) => [.. Undecided(), LookNow()],
            ("Stalled", "TargetConflict") => [new("keep one of the two; to delete this one", Kubectl("delete", "imagerollout", rollout.Name))],
            ("Stalled", "ContainerNotFound") => [new("its container cannot be changed: delete this ImageRollout, and make one for a container that the target has", Kubectl("get", Target, "-o", "jsonpath={.spec.template.spec.containers[*].name}"))],
            ("Stalled", _) => [new("mend what it names; the operator looks when the spec changes", Kubectl("edit", "imagerollout", rollout.Name))],
            _ => [],
        };
    }

    NextStep[] Resolving() => rollout.Reason == "PlimsollRefusesToken" ? [RefusedToken] : rollout.Status!.Condition("ImageResolved")?.Status == "False"
        ? [new("see that spec.image is right, and that the service may pull it", Kubectl("edit", "imagerollout", rollout.Name)), LookNow()]
        : [new("nothing, if it passes: it is tried again by itself; else see that the service and the registry answer")];

    IEnumerable<NextStep> Undecided() => rollout.Status!.Gate?.Reason switch
    {
        "inspecting" or "Inspecting" or "not-inspected" or "NotInspected" => [new("wait for the inspection", Follow())],
        "inspection-failed" or "InspectionFailed" => [new("see why the inspection failed", Follow() ?? (Exactly() is { } image ? ShellWords.Join(["plimsoll", "submit", image, "--wait"]) : null))],
        "no-advisory-data" or "NoAdvisoryData" => [new($"give the service advisory data, or say in {Policy} what holds without it (vulnerabilities.whenNoData)")],
        "advisory-data-too-old" or "AdvisoryDataTooOld" => [new($"bring the service's advisory data up to date, or let {Policy} take older data (vulnerabilities.maxDataAge)")],
        "PlimsollRefusesToken" => [RefusedToken],
        _ => [new("see that the service answers; it is asked again by itself")],
    };

    NextStep[] Running() => rollout.Status!.Condition("GatePassed")?.Status switch
    {
        "False" => [NewImage("it runs on, and no longer passes: mend what is listed below")],
        _ => [],
    };

    NextStep[] Again() => [NewImage("mend the image"), new("or, where the image is not at fault, mend the cause and change the spec: the digest is tried again then")];

    NextStep NewImage(string first) => rollout.Spec?.DigestPolicy == "Track"
        ? new($"{first} and push it: the tag is looked up again every {rollout.Spec.Interval ?? "10m"}")
        : new($"{first}, push it, and name the new image", Patch("""{"spec":{"image":"IMAGE"}}"""));

    NextStep LookNow() => new("then have the operator look at once", Kubectl("annotate", "imagerollout", rollout.Name, "--overwrite", $"plimsoll.dev/reconcile-requested-at={now.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}"));

    string? Follow() => rollout.Status?.Gate?.InspectionId is { } id ? ShellWords.Join(["plimsoll", "wait", id]) : null;

    string? Exactly() => rollout.Spec?.Image is { } image ? rollout.Status?.Image?.Digest is { } digest && !image.Contains('@', StringComparison.Ordinal) ? $"{image}@{digest}" : image : null;

    string Kind() => Target[..Target.IndexOf('/', StringComparison.Ordinal)];

    string Patch(string change) => Kubectl("patch", "imagerollout", rollout.Name, "--type", "merge", "-p", change);

    string Kubectl(params string[] words) => ShellWords.Join(["kubectl", .. access, "-n", rollout.Namespace, .. words]);

    string Everywhere(params string[] words) => ShellWords.Join(["kubectl", .. access, .. words, "--all-namespaces"]);
}

/// <param name="Command">To be copied into a shell.</param>
internal sealed record NextStep(string Text, string? Command = null);
