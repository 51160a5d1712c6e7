namespace Plimsoll.Operator.Rollouts;

/// <summary>Whether the image passes. Undecided is neither yes nor no: it is waited for, and after a while the spec says what to make of it.</summary>
internal static class GateStage
{
    const string Undecided = "Undecided";

    static readonly TimeSpan WhileInspecting = TimeSpan.FromSeconds(3), WhileAway = TimeSpan.FromSeconds(15), AfterNo = TimeSpan.FromMinutes(10), BetweenInspections = TimeSpan.FromMinutes(2);

    public static Step? Check(Draft draft)
    {
        var platforms = draft.Spec.Platforms ?? [];
        if (draft.World.Gate is null)
            return draft.Ask(new Question.Judge(draft.Digest, platforms));
        // The time runs from when it became undecided: a verdict of yesterday says nothing about how long there was none today.
        var since = draft.Status.Gate is { Verdict: Undecided } waiting ? waiting.Since : draft.Now;
        if (draft.World.Gate is { Trouble: { } trouble })
            return Wait(draft, since, trouble.IsPassing, trouble.Reason, trouble.Message, isInspecting: false);
        var judged = draft.World.Gate.Value!;
        draft.Status = draft.Status with
        {
            Gate = new GateStatus(judged.Outcome, judged.Reason, judged.Policy, judged.Revision, draft.World.Inspection?.Value ?? draft.Status.Gate?.InspectionId, draft.Now, since, judged.Summary,
                Violations(draft, judged), judged.ReportUrl,
                draft.World.Inspection is { Value: not null } ? draft.Now : draft.Status.Gate?.InspectionAskedAt),
        };
        return judged.Outcome switch
        {
            "Pass" => Pass(draft, judged),
            "Fail" => Fail(draft, judged),
            _ => Decide(draft, since, judged, platforms),
        };
    }

    static Step? Pass(Draft draft, Judged judged)
    {
        if (!draft.Holds("GatePassed"))
            draft.Tell("GatePassed", $"{ImageReference.Short(draft.Digest)} passes {judged.Policy}");
        draft.Set("GatePassed", Truth.True, "Passed", $"{draft.Digest} passes {judged.Policy}");
        return null;
    }

    static Step Fail(Draft draft, Judged judged)
    {
        var why = string.Join("; ", judged.Violations.Take(3)) + (judged.Violations.Count > 3 ? $"; and {judged.Violations.Count - 3} more" : "");
        if (draft.Condition("GatePassed")?.Status != "False")
            draft.Warn("GateFailed", $"{ImageReference.Short(draft.Digest)} fails {judged.Policy}: {why}");
        draft.Set("GatePassed", Truth.False, "Failed", $"{judged.Policy}: {why}");
        // What runs already goes on running; what is not there yet does not come.
        return RollStage.IsDone(draft)
            ? RollStage.RunsOn(draft, RollStage.NextLook(draft))
            : draft.Rest(Phase.Blocked, Truth.False, "GateFailed", $"{judged.Policy}: {why}", Durations.Sooner(AfterNo, ResolveStage.DueIn(draft)));
    }

    static Step? Decide(Draft draft, DateTimeOffset since, Judged judged, IReadOnlyList<string> platforms)
    {
        var reason = judged.Reason ?? "undecided";
        if (draft.World.Inspection is null && (reason is "not-inspected" || reason is "inspection-failed" && MayRepeat(draft)))
            return draft.Ask(new Question.Inspect(ImageReference.Exactly(draft.Spec.Image, draft.Digest), platforms));
        if (draft.World.Inspection is { Trouble: { } trouble })
            return Wait(draft, since, trouble.IsPassing, trouble.Reason, trouble.Message, isInspecting: false);
        if (draft.World.Inspection is not null)
        {
            draft.Tell("InspectionRequested", $"{ImageReference.Short(draft.Digest)} {(reason is "not-inspected" ? "was not inspected yet" : "is inspected once more, since the last inspection failed")}");
            reason = "inspecting";
        }
        return Wait(draft, since, true, ImageReference.Camel(reason), $"no verdict yet: {reason}", isInspecting: reason is "inspecting");
    }

    // A registry that was away is back some time; one that has nothing is not asked every few seconds.
    static bool MayRepeat(Draft draft) => draft.IsForced || draft.Now >= (draft.Status.Gate?.InspectionAskedAt ?? DateTimeOffset.MinValue) + BetweenInspections;

    // What failed is not forgotten because nobody answers: it takes a pass to get rid of it.
    static IReadOnlyList<Violation>? Violations(Draft draft, Judged judged) =>
        judged.Violations.Count > 0 ? [.. judged.Violations.Take(RolloutStatus.MostViolations)] : judged.Outcome == Undecided ? draft.Status.Gate?.Violations : null;

    static Step? Wait(Draft draft, DateTimeOffset since, bool isPassing, string reason, string message, bool isInspecting)
    {
        var again = isInspecting ? WhileInspecting : WhileAway;
        var wasAllowed = draft.Condition("GatePassed")?.Reason == "AllowedUndecided";
        draft.Status = draft.Status with { Gate = (draft.Status.Gate ?? new GateStatus(Undecided, reason, "", 0, null, draft.Now, since)) with { Verdict = Undecided, Reason = reason, Since = since } };
        draft.Set("GatePassed", Truth.Unknown, reason, message);
        if (RollStage.IsDone(draft))
            return RollStage.RunsOn(draft, WhileAway * 4);
        if (!isPassing)
            return draft.Rest(Phase.Stalled, Truth.False, reason, message, AfterNo, stalled: true);
        var gate = draft.Spec.Gate ?? new GateSpec();
        var deadline = since + (Durations.Parse(gate.Timeout) ?? TimeSpan.FromMinutes(10));
        if (draft.Now < deadline)
            return draft.Wait(isInspecting ? Phase.Inspecting : Phase.Gating, reason, message, Durations.Sooner(again, deadline - draft.Now));
        if (gate.OnError == OnError.Allow && draft.Status.Gate?.Violations is null)
        {
            if (!wasAllowed)
                draft.Warn("GateError", $"no verdict within {gate.Timeout} ({reason}); gate.onError is Allow, so it goes on without one");
            draft.Set("GatePassed", Truth.Unknown, "AllowedUndecided", message);
            return null;
        }
        if (draft.Status.Phase != Phase.Blocked)
            draft.Warn("GateError", $"no verdict within {gate.Timeout}: {message}");
        return draft.Rest(Phase.Blocked, Truth.False, reason, $"no verdict within {gate.Timeout}: {message}", again);
    }
}
