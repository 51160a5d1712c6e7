namespace Plimsoll.Operator.Rollouts;

/// <summary>Somebody else changed the image of the container. What was rolled out last is what it is held against.</summary>
internal static class DriftStage
{
    public static Step? Check(Draft draft)
    {
        var (there, current) = (draft.World.Target!.Image, draft.Status.Current);
        if (current is null)
            return null;
        if (there == current || there == draft.Wanted)
        {
            if (IsAdopted(draft) && there != draft.Wanted)
                return Adopted(draft, there!);
            draft.Clear("Drifted");
            return null;
        }
        var text = $"{draft.Spec.TargetRef.Kind} {draft.Spec.TargetRef.Name} runs {there}; {current} was rolled out";
        if (!draft.Holds("Drifted"))
            draft.Warn("DriftDetected", text);
        draft.Set("Drifted", Truth.True, "ImageChanged", text);
        // A new image that is on its way replaces whatever is there.
        if (current != draft.Wanted && !draft.Status.HasFailed(draft.Digest))
            return null;
        switch (draft.Spec.Drift)
        {
            case Drift.Revert:
                return null;
            case Drift.Adopt:
                draft.Status = draft.Status with { Current = there };
                Failures.Record(draft, there!, "Adopted");
                draft.Set("Drifted", Truth.False, "Adopted", text);
                return Adopted(draft, there!);
            default:
                return draft.Rest(Phase.Done, Truth.False, "Drifted", text, ResolveStage.DueIn(draft));
        }
    }

    /// <summary>Where <c>spec.drift</c> is <c>Revert</c> and what is wanted does not come, what was rolled out last comes back.</summary>
    public static Step? PutBack(Draft draft, Step step)
    {
        if (draft.Spec.Drift != Drift.Revert || step.Status.Phase is not (Phase.Blocked or Phase.RolledBack) || step.Effect is not null || !draft.Holds("Drifted")
            || draft.World.Target is not { Image: { } there } target || draft.Status.Current is not { } current || there == current || current == draft.Wanted)
            return null;
        return step with { Notices = [.. step.Notices, new Notice("DriftReverted", false, $"{current} replaces {there}, which somebody else had set")], Effect = new Effect.SetImage(current, target.Uid, target.ResourceVersion) };
    }

    // Until the spec asks for something else, what was adopted stays.
    static bool IsAdopted(Draft draft) => draft.Condition("Drifted") is { Reason: "Adopted" } condition && condition.ObservedGeneration == draft.Generation && draft.Spec.Drift == Drift.Adopt;

    static Step Adopted(Draft draft, string there) => draft.Rest(Phase.Done, Truth.True, "Adopted", $"{there} was put there by somebody else, and spec.drift is Adopt", ResolveStage.DueIn(draft));
}
