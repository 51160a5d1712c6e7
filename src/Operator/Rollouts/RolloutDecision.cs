namespace Plimsoll.Operator.Rollouts;

/// <summary>
/// What is next for a rollout. Pure: the same rollout and world give the same step, so a process that dies anywhere is followed by one that goes on. The stages in their order,
/// each of which stops here or lets the next one speak.
/// </summary>
internal static class RolloutDecision
{
    public static Step Next(ImageRollout rollout, World world)
    {
        var draft = new Draft(rollout, world);
        var step = Preconditions.Check(draft)
            ?? ResolveStage.Check(draft)
            ?? RollStage.CheckRunning(draft)
            ?? DriftStage.Check(draft)
            ?? Failures.Check(draft)
            ?? GateStage.Check(draft)
            ?? SmokeStage.Check(draft)
            ?? RollStage.Begin(draft);
        if (step.Question is null && DriftStage.PutBack(draft, step) is { } back)
            return back;
        return step is { Question: null, Effect: null } && world.Smoke is { } pod && !IsOfUse(pod, step.Status) ? step with { Effect = new Effect.EndSmoke(pod.Name) } : step;
    }

    // Somebody died before it was taken away, or made it once more before the caches knew.
    static bool IsOfUse(SmokePod pod, RolloutStatus status) => pod.Digest == status.Image?.Digest && status.Phase is Phase.Inspecting or Phase.Gating or Phase.Smoking;

    /// <summary>What there is to say when the cluster refuses what was decided, such as a pod that a quota has no room for.</summary>
    public static Step Refused(ImageRollout rollout, World world, string why)
    {
        var draft = new Draft(rollout, world);
        draft.Warn("ClusterRefused", why);
        return draft.Wait(draft.Status.Phase, "ClusterRefused", why, TimeSpan.FromMinutes(1));
    }
}
