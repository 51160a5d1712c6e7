namespace Plimsoll.Operator.Rollouts;

/// <summary>Runs the image once in a pod of its own, out of the reach of any Service, before the workload runs it.</summary>
internal static class SmokeStage
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(2), Later = TimeSpan.FromMinutes(1);

    public static Step? Check(Draft draft)
    {
        if (draft.Spec.Smoke is not { } smoke || draft.Condition("SmokePassed") is { Status: "True" })
            return draft.World.Smoke is { } left ? draft.Wait(Phase.Smoking, "SmokeEnds", "the smoke pod is taken away", Again, new Effect.EndSmoke(left.Name)) : null;
        if (draft.Status.HasFailed(draft.Digest))
            return null;
        return draft.World.Smoke switch
        {
            null => Start(draft),
            { } pod when pod.Digest != draft.Digest => draft.Wait(Phase.Smoking, "SmokeEnds", "the smoke pod of another image is taken away", Again, new Effect.EndSmoke(pod.Name)),
            { State: SmokeState.Passed } pod => Pass(draft, pod),
            { State: SmokeState.Failed } pod => Fail(draft, pod, pod.Reason ?? "the pod failed"),
            { State: SmokeState.Lost } pod => draft.Wait(Phase.Smoking, "SmokeLost", $"the smoke pod was ended before it could answer, and is started again: {pod.Reason}", Again, new Effect.EndSmoke(pod.Name)),
            { State: SmokeState.Starting } pod when draft.Now >= pod.CreatedAt + TimeSpan.FromSeconds(smoke.TimeoutSeconds) => Late(draft, pod),
            { } pod when draft.Now >= pod.CreatedAt + TimeSpan.FromSeconds(smoke.TimeoutSeconds) => Fail(draft, pod, $"not ready within {smoke.TimeoutSeconds} s{(pod.Reason is { } reason ? $": {reason}" : "")}"),
            { } pod => draft.Wait(Phase.Smoking, "SmokeRuns", "the smoke pod is not ready yet", pod.CreatedAt + TimeSpan.FromSeconds(smoke.TimeoutSeconds) - draft.Now),
        };
    }

    static Step Start(Draft draft)
    {
        draft.Set("SmokePassed", Truth.Unknown, "SmokeRuns", "the smoke pod was started");
        return draft.Wait(Phase.Smoking, "SmokeRuns", "the smoke pod was started", Again, new Effect.StartSmoke(ImageReference.At(draft.Spec.Image, draft.Digest), draft.Digest));
    }

    static Step Pass(Draft draft, SmokePod pod)
    {
        draft.Tell("SmokePassed", $"{ImageReference.Short(draft.Digest)} answered {draft.Spec.Smoke!.HttpGet.Path}");
        draft.Set("SmokePassed", Truth.True, "Passed", $"{draft.Digest} answered {draft.Spec.Smoke.HttpGet.Path}");
        return draft.Wait(Phase.Smoking, "SmokeEnds", "the smoke pod is taken away", Again, new Effect.EndSmoke(pod.Name));
    }

    // The image has not run, so nothing is known of it: the cluster goes on trying, and so is it told.
    static Step Late(Draft draft, SmokePod pod)
    {
        var text = $"the smoke pod has not started within {draft.Spec.Smoke!.TimeoutSeconds} s{(pod.Reason is { } reason ? $": {reason}" : "")}";
        if (draft.Condition("SmokePassed")?.Reason != "SmokeNotStarted")
            draft.Warn("SmokeNotStarted", text);
        draft.Set("SmokePassed", Truth.Unknown, "SmokeNotStarted", text);
        return draft.Wait(Phase.Smoking, "SmokeNotStarted", text, Later);
    }

    static Step Fail(Draft draft, SmokePod pod, string why)
    {
        draft.Warn("SmokeFailed", $"{ImageReference.Short(draft.Digest)}: {why}");
        draft.Set("SmokePassed", Truth.False, "Failed", why);
        Failures.Remember(draft, "SmokeFailed", "Blocked");
        return draft.Rest(Phase.Blocked, Truth.False, "SmokeFailed", why, Failures.NextLook(draft), new Effect.EndSmoke(pod.Name));
    }
}
