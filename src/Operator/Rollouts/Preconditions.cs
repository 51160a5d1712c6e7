namespace Plimsoll.Operator.Rollouts;

/// <summary>Without which nothing is done.</summary>
internal static class Preconditions
{
    static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    public static Step? Check(Draft draft)
    {
        if (draft.Spec.Suspend)
        {
            if (draft.Status.Phase != Phase.Suspended)
                draft.Tell("Suspended", "spec.suspend is true: nothing is done until it is false");
            return draft.Rest(Phase.Suspended, Truth.Unknown, "Suspended", "spec.suspend is true", effect: EndSmoke(draft));
        }
        if (draft.World.OlderRival is { } rival)
        {
            if (draft.Condition("Stalled")?.Reason != "TargetConflict")
                draft.Warn("TargetConflict", $"{rival} is older and rolls the same container");
            return draft.Rest(Phase.Stalled, Truth.False, "TargetConflict", $"{rival} is older and rolls the same container; delete one of them", Again, EndSmoke(draft), stalled: true);
        }
        return draft.World.Target switch
        {
            null => draft.Wait(Phase.Pending, "TargetNotFound", $"there is no {draft.Spec.TargetRef.Kind} {draft.Spec.TargetRef.Name}", Again),
            { Image: null } => draft.Rest(Phase.Stalled, Truth.False, "ContainerNotFound", $"{draft.Spec.TargetRef.Kind} {draft.Spec.TargetRef.Name} has no container {draft.Spec.Container}", Again, stalled: true),
            _ => null,
        };
    }

    static Effect.EndSmoke? EndSmoke(Draft draft) => draft.World.Smoke is { } pod ? new Effect.EndSmoke(pod.Name) : null;
}
