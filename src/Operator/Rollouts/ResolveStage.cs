namespace Plimsoll.Operator.Rollouts;

/// <summary>Which digest is wanted: what the tag points at, once for a spec, or again and again.</summary>
internal static class ResolveStage
{
    static readonly TimeSpan Again = TimeSpan.FromSeconds(15), AfterRefusal = TimeSpan.FromMinutes(2);

    /// <summary>Tags are not looked up more often than this, whatever the spec says.</summary>
    static readonly TimeSpan Shortest = TimeSpan.FromSeconds(30);

    public static Step? Check(Draft draft)
    {
        if (!IsDue(draft))
            return null;
        if (ImageReference.DigestOf(draft.Spec.Image) is { } given)
        {
            Take(draft, new Resolved(given, draft.Spec.Platforms ?? []));
            return null;
        }
        return draft.World.Resolution switch
        {
            null => draft.Ask(new Question.Resolve(draft.Spec.Image)),
            { Value: { } resolved } => Take(draft, resolved),
            { Trouble: { } trouble } => Fail(draft, trouble),
            _ => throw new InvalidOperationException("an answer is a value or a trouble"),
        };
    }

    /// <summary>When the tag is looked up next; null: never again for this spec.</summary>
    public static TimeSpan? DueIn(Draft draft)
    {
        if (draft.Spec.DigestPolicy != DigestPolicy.Track || draft.Status.Image is not { } image)
            return null;
        // Asked just now, and not answered: to ask again at once would be to ask for ever.
        if (draft.World.Resolution is { Trouble: { } trouble })
            return trouble.IsPassing ? Again : AfterRefusal;
        var interval = Durations.Parse(draft.Spec.Interval) is { } given && given >= Shortest ? given : TimeSpan.FromMinutes(10);
        return image.ResolvedAt + interval - draft.Now is { Ticks: > 0 } left ? left : TimeSpan.Zero;
    }

    static bool IsDue(Draft draft) => draft.Status.Image is not { } image || image.Requested != draft.Spec.Image || draft.IsNewSpec && draft.World.Resolution is null && !IsKnown(draft)
        || draft.IsForced && draft.Spec.DigestPolicy == DigestPolicy.Track && image.ResolvedAt != draft.Now || DueIn(draft) == TimeSpan.Zero;

    // A change of the spec that is not about the image asks nobody.
    static bool IsKnown(Draft draft) => draft.Status.Image is { } image && image.Requested == draft.Spec.Image;

    static Step? Take(Draft draft, Resolved resolved)
    {
        var before = draft.Status.Image;
        if (before?.Digest != resolved.Digest)
        {
            if (before is not null && before.Requested == draft.Spec.Image)
                draft.Tell("TagMoved", $"{draft.Spec.Image} points at {resolved.Digest} now; it was {before.Digest}");
            else
                draft.Tell("ImageResolved", $"{draft.Spec.Image} is {resolved.Digest}");
            // Everything that was found out was about another image.
            draft.Status = draft.Status with { Gate = null };
            draft.Clear("GatePassed");
            draft.Clear("SmokePassed");
        }
        draft.Status = draft.Status with { Image = new ResolvedImage(draft.Spec.Image, resolved.Digest, draft.Now, [.. resolved.Platforms.Take(RolloutStatus.MostPlatforms)], ImageReference.Short(resolved.Digest)) };
        draft.Set("ImageResolved", Truth.True, "Resolved", $"{draft.Spec.Image} is {resolved.Digest}");
        return null;
    }

    static Step? Fail(Draft draft, Trouble trouble)
    {
        draft.Set("ImageResolved", trouble.IsPassing ? Truth.Unknown : Truth.False, trouble.Reason, trouble.Message);
        // What runs goes on running, and what is under way goes on too: only the next digest is not known.
        if (IsKnown(draft))
            return null;
        return trouble.IsPassing
            ? draft.Wait(Phase.Resolving, trouble.Reason, trouble.Message, Again)
            : draft.Rest(Phase.Resolving, Truth.False, trouble.Reason, trouble.Message, AfterRefusal);
    }
}
