namespace Plimsoll.Operator.Rollouts;

/// <summary>Sets the image, watches until it runs everywhere, and goes back when it does not.</summary>
internal static class RollStage
{
    /// <summary>How long the caches may be behind what was written.</summary>
    static readonly TimeSpan Lag = TimeSpan.FromSeconds(2), Again = TimeSpan.FromSeconds(5);

    /// <summary>How often a verdict is asked for anew about what runs.</summary>
    static readonly TimeSpan Regate = TimeSpan.FromHours(1);

    /// <summary>Whether what is wanted runs, rolled out.</summary>
    public static bool IsDone(Draft draft) => draft.Status is { Rollout: null, Current: var current, LastGood: var good } && current == draft.Wanted && good == draft.Wanted && draft.World.Target?.Image == draft.Wanted;

    public static TimeSpan NextLook(Draft draft)
    {
        var regate = (draft.Status.Gate?.EvaluatedAt ?? draft.Now) + Regate - draft.Now;
        return ResolveStage.DueIn(draft) is { } due && due < regate ? due : regate;
    }

    public static Step? CheckRunning(Draft draft)
    {
        if (draft.Status.Rollout is not { } rollout)
            return IsDone(draft) && !draft.IsForced && !draft.IsNewSpec && NextLook(draft) > TimeSpan.Zero && draft.World.Gate is null ? Done(draft) : null;
        var target = draft.World.Target!;
        var isBack = rollout.IsBack;
        if (rollout.Image != draft.Wanted && !(isBack && draft.Status.HasFailed(draft.Digest)))
        {
            // Another image is wanted by now, or this one is tried once more: this rollout is over, whatever became of it.
            draft.Status = draft.Status with { Rollout = null, Current = rollout.Image };
            return null;
        }
        if (target.Image != rollout.Image)
        {
            if (target.Image == rollout.From && draft.Now < rollout.StartedAt + Lag)
                return draft.Wait(isBack ? Phase.RollingBack : Phase.Verifying, "Rolling", $"{rollout.Image} was set and is not seen yet", Lag);
            // Nobody came to set it: what goes back goes back still, what goes forward is judged again first.
            if (target.Image == rollout.From && isBack)
                return draft.Wait(Phase.RollingBack, "RollingBack", $"{rollout.Image} comes back", Again, new Effect.SetImage(rollout.Image, target.Uid, target.ResourceVersion));
            if (target.Image == rollout.From)
            {
                draft.Status = draft.Status with { Rollout = null };
                return null;
            }
            // Somebody else set another one meanwhile.
            draft.Status = draft.Status with { Rollout = null, Current = rollout.Image };
            return null;
        }
        var isComplete = target is { IsObserved: true, IsComplete: true };
        rollout = rollout with
        {
            Desired = target.Replicas.Desired, Updated = target.Replicas.Updated, Ready = target.Replicas.Ready, Available = target.Replicas.Available,
            AvailableSince = isComplete ? rollout.AvailableSince ?? draft.Now : null,
        };
        draft.Status = draft.Status with { Rollout = rollout };
        var soaked = rollout.AvailableSince + TimeSpan.FromSeconds(isBack ? 0 : Spec(draft).SoakSeconds);
        if (soaked <= draft.Now)
            return isBack ? RolledBack(draft, rollout) : RolledOut(draft, rollout);
        if (soaked is { } end)
            return draft.Wait(Phase.Verifying, "Soaking", $"{rollout.Image} runs, and is watched for {Spec(draft).SoakSeconds} s", end - draft.Now);
        // Kubernetes goes on saying it of an earlier rollout until the new one has moved.
        var isGivenUp = !isBack && target is { IsObserved: true, DeadlineExceeded: true } && !(target.DeadlineExceededAt < rollout.StartedAt);
        if (isGivenUp || draft.Now >= rollout.DeadlineAt)
            return Failed(draft, rollout, isGivenUp ? "Kubernetes gave it up: ProgressDeadlineExceeded" : $"not done within {Spec(draft).ProgressDeadlineSeconds} s", isBack);
        return draft.Wait(isBack ? Phase.RollingBack : Phase.Verifying, isBack ? "RollingBack" : "Rolling",
            $"{rollout.Updated} of {rollout.Desired} replicas updated, {rollout.Available} available", rollout.DeadlineAt - draft.Now);
    }

    public static Step Begin(Draft draft)
    {
        var target = draft.World.Target!;
        if (IsDone(draft))
            return Done(draft);
        if (target.IsPaused)
            return draft.Wait(Phase.Rolling, "TargetPaused", $"{draft.Spec.TargetRef.Kind} {draft.Spec.TargetRef.Name} is paused", TimeSpan.FromMinutes(1));
        draft.Status = draft.Status with { Rollout = Started(draft, draft.Wanted) };
        draft.Clear("RolledBack");
        // Somebody, or this process before it died, has set it already.
        if (target.Image == draft.Wanted)
            return CheckRunning(draft)!;
        draft.Tell("RolloutStarted", $"{draft.Wanted} replaces {target.Image}");
        draft.Set("RolledOut", Truth.False, "Rolling", $"{draft.Wanted} is being rolled out");
        return draft.Wait(Phase.Verifying, "Rolling", $"{draft.Wanted} is being rolled out", Again, new Effect.SetImage(draft.Wanted, target.Uid, target.ResourceVersion));
    }

    /// <summary>What runs goes on running, also when it no longer passes: then the spec says whether that is well.</summary>
    public static Step RunsOn(Draft draft, TimeSpan again)
    {
        if (draft.Status.Gate is not { Violations: { Count: > 0 } violations } gate)
            return draft.Rest(Phase.Done, Truth.True, "RolledOut", $"{draft.Wanted} runs", again);
        var text = $"{draft.Wanted} runs, and no longer passes {gate.Policy}";
        return draft.Spec.Gate?.OnNewVulnerabilities is OnNewVulnerabilities.Suspend && violations.Any(one => one.Rule.StartsWith("vulnerabilities.", StringComparison.Ordinal))
            ? draft.Rest(Phase.Suspended, Truth.False, "NewVulnerabilities", text, again)
            : draft.Rest(Phase.Done, Truth.True, "RolledOut", text, again);
    }

    static Step Done(Draft draft) => RunsOn(draft, NextLook(draft));

    static Step RolledOut(Draft draft, RollStatus rollout)
    {
        draft.Status = draft.Status with { Rollout = null, Current = rollout.Image, LastGood = rollout.Image };
        Failures.Record(draft, rollout.Image, "RolledOut");
        draft.Tell("RolloutSucceeded", $"{rollout.Image} runs");
        draft.Set("RolledOut", Truth.True, "RolledOut", $"{rollout.Image} runs");
        draft.Clear("Drifted");
        return Done(draft);
    }

    static Step RolledBack(Draft draft, RollStatus rollout)
    {
        draft.Status = draft.Status with { Rollout = null, Current = rollout.Image };
        Failures.Record(draft, rollout.Image, "RolledBack");
        draft.Tell("RollbackCompleted", $"{rollout.Image} runs again");
        draft.Set("RolledBack", Truth.True, "RolledBack", $"{draft.Digest} failed; {rollout.Image} runs again");
        return draft.Rest(Phase.RolledBack, Truth.False, "RolledBack", $"{draft.Digest} failed; {rollout.Image} runs again", Failures.NextLook(draft));
    }

    static Step Failed(Draft draft, RollStatus rollout, string why, bool isBack)
    {
        draft.Warn("RolloutFailed", $"{rollout.Image}: {why}");
        draft.Set("RolledOut", Truth.False, "Failed", why);
        if (isBack)
        {
            draft.Status = draft.Status with { Rollout = null };
            return draft.Rest(Phase.Blocked, Truth.False, "RollbackFailed", $"{rollout.Image} does not come back either: {why}", Failures.NextLook(draft));
        }
        Failures.Remember(draft, "RolloutFailed", "Failed");
        if (Spec(draft).Rollback == OnRolloutFailure.Never || draft.Status.LastGood is not { } good || good == rollout.Image)
        {
            draft.Status = draft.Status with { Rollout = null, Current = rollout.Image };
            var without = Spec(draft).Rollback == OnRolloutFailure.Never ? "rollout.rollback is Never" : "there is no earlier image that was rolled out to go back to";
            return draft.Rest(Phase.Blocked, Truth.False, "RolloutFailed", $"{why}; {without}", Failures.NextLook(draft));
        }
        draft.Warn("RollbackStarted", $"{good} comes back");
        draft.Status = draft.Status with { Rollout = Started(draft, good) with { IsBack = true } };
        return draft.Wait(Phase.RollingBack, "RollingBack", $"{why}; {good} comes back", Again, new Effect.SetImage(good, draft.World.Target!.Uid, draft.World.Target.ResourceVersion));
    }

    static RollStatus Started(Draft draft, string image) =>
        new(image, draft.Now, draft.Now + TimeSpan.FromSeconds(Spec(draft).ProgressDeadlineSeconds), draft.World.Target!.Replicas.Desired, 0, 0, 0, From: draft.World.Target.Image);

    static RollSpec Spec(Draft draft) => draft.Spec.Rollout ?? new RollSpec();
}
