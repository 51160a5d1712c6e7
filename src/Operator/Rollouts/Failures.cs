namespace Plimsoll.Operator.Rollouts;

/// <summary>Digests that failed in the cluster. They are not tried again until the spec or the policy is another one.</summary>
internal static class Failures
{
    static readonly TimeSpan Again = TimeSpan.FromMinutes(10);

    public static void Remember(Draft draft, string reason, string outcome)
    {
        var failed = new FailedDigest(draft.Digest, reason, draft.Generation, draft.Status.Gate?.PolicyRevision ?? 0, draft.Now);
        draft.Status = draft.Status with
        {
            FailedDigests = [failed, .. (draft.Status.FailedDigests ?? []).Where(one => one.Digest != draft.Digest).Take(RolloutStatus.MostFailed - 1)],
        };
        Record(draft, draft.Wanted, outcome);
    }

    public static void Record(Draft draft, string image, string outcome) =>
        draft.Status = draft.Status with { History = [new HistoryEntry(image, outcome, draft.Now), .. (draft.Status.History ?? []).Take(RolloutStatus.MostHistory - 1)] };

    public static Step? Check(Draft draft)
    {
        if (draft.Status.FailedDigests?.FirstOrDefault(one => one.Digest == draft.Digest) is not { } failed)
            return null;
        if (draft.World.Gate is null && (draft.Status.Gate is not { } gate || draft.Now >= gate.EvaluatedAt + Again))
            return draft.Ask(new Question.Judge(draft.Digest, draft.Spec.Platforms ?? []));
        if (failed.Generation != draft.Generation || draft.World.Gate is { Value: { } judged } && judged.Revision != failed.PolicyRevision)
        {
            draft.Status = draft.Status with { FailedDigests = [.. draft.Status.FailedDigests.Where(one => one != failed)] };
            draft.Clear("SmokePassed");
            draft.Clear("RolledBack");
            return null;
        }
        if (draft.World.Gate is { Value: not null } && draft.Status.Gate is { } known)
            draft.Status = draft.Status with { Gate = known with { EvaluatedAt = draft.Now } };
        var isBack = draft.Holds("RolledBack");
        return draft.Rest(isBack ? Phase.RolledBack : Phase.Blocked, Truth.False, failed.Reason,
            $"{draft.Digest} failed and is not tried again until the spec or the policy changes{(isBack ? $"; {draft.Status.LastGood} runs" : "")}", NextLook(draft));
    }

    /// <summary>When it is looked whether the policy is another by now.</summary>
    public static TimeSpan NextLook(Draft draft) => Durations.Sooner(Again, ResolveStage.DueIn(draft));
}
