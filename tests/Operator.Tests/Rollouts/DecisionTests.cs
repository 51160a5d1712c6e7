using Plimsoll.Operator.Rollouts;
using static Plimsoll.Operator.Tests.Rollouts.Case;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>Every stage with every way it can come out, as a table: what was there, and what is asked, done and said.</summary>
public sealed class DecisionTests
{
    static readonly Dictionary<string, Row> Table = new Row[]
    {
        // Before anything
        new("a suspended rollout does nothing", () => new Case { Resolution = Points(A) }.With(c => c.Spec = c.Spec with { Suspend = true }), Phase.Suspended, "Suspended", Ready: Truth.Unknown, Tells: "Suspended"),
        new("a suspended rollout takes its smoke pod away", () => new Case { Smoke = Pod(SmokeState.Starting) }.With(c => c.Spec = c.Spec with { Suspend = true }), Phase.Suspended, "Suspended", Ready: Truth.Unknown, Does: typeof(Effect.EndSmoke)),
        new("a suspended rollout that was told of it says it once", () => new Case { Status = RolloutStatus.New with { Phase = Phase.Suspended } }.With(c => c.Spec = c.Spec with { Suspend = true }), Phase.Suspended, "Suspended", Ready: Truth.Unknown, Silent: true),
        new("a suspended rollout leaves a rollout under way alone", () => new Case().Done(A).With(c => c.Knows(B)).Rolling(Next).With(c => c.Spec = c.Spec with { Suspend = true }), Phase.Suspended, "Suspended", Ready: Truth.Unknown),
        new("the younger of two for one container stands back", () => new Case { Rival = "older" }, Phase.Stalled, "TargetConflict", Tells: "TargetConflict", Again: 300),
        new("the younger of two says so once", () => new Case { Rival = "older" }.With(c => c.Take()), Phase.Stalled, "TargetConflict", Silent: true, Again: 300),
        new("a target that is not there is waited for", () => new Case { Target = null }, Phase.Pending, "TargetNotFound", Again: 300),
        new("a container that is not there is the spec's fault", () => new Case { Target = Running("x") with { Image = null } }, Phase.Stalled, "ContainerNotFound", Again: 300),

        // Resolve
        new("a tag is looked up", () => new Case(), Asks: typeof(Question.Resolve)),
        new("a digest is taken as it is given", () => new Case().With(c => c.Spec = c.Spec with { Image = Next }), Asks: typeof(Question.Judge), Tells: "ImageResolved"),
        new("a tag that was found is told and judged", () => new Case { Resolution = Points(B) }, Asks: typeof(Question.Judge), Tells: "ImageResolved"),
        new("a registry that is away is asked again soon", () => new Case { Resolution = Away<Resolved>() }, Phase.Resolving, "PlimsollUnavailable", Again: 15),
        new("a tag that does not exist is asked for again later", () => new Case { Resolution = Refused<Resolved>("ImageNotFound") }, Phase.Resolving, "ImageNotFound", Again: 120),
        new("what is pinned is not looked up twice", () => new Case().Knows(B), Asks: typeof(Question.Judge)),
        new("another image in the spec is looked up", () => new Case().Done(A).With(c => (c.Generation, c.Spec) = (2, c.Spec with { Image = "registry.example/shop/checkout:1.5.0" })), Asks: typeof(Question.Resolve)),
        new("another field in the spec looks nothing up, and what runs is judged again", () => new Case().Done(A).With(c => (c.Generation, c.Spec) = (2, c.Spec with { PolicyRef = new NameRef("stricter") })), Asks: typeof(Question.Judge)),
        new("another field in the spec of what passes changes nothing", () => new Case { Gate = Says("Pass") }.Done(A).With(c => (c.Generation, c.Spec) = (2, c.Spec with { Gate = new GateSpec("5m") })), Phase.Done, "RolledOut", Ready: Truth.True, Again: 3600),
        new("a tracked tag is looked up when its interval is over", () => Tracking().With(c => c.Now += TimeSpan.FromMinutes(10)), Asks: typeof(Question.Resolve)),
        new("a tracked tag is not looked up sooner", () => Tracking().With(c => c.Now += TimeSpan.FromMinutes(4)), Phase.Done, "RolledOut", Ready: Truth.True, Again: 360),
        new("a tracked tag is looked up sooner when somebody asks", () => Tracking().With(c => (c.Now, c.Annotations) = (c.Now.AddMinutes(4), new() { ["plimsoll.dev/reconcile-requested-at"] = "now" })), Asks: typeof(Question.Resolve)),
        new("a tag that moved is told and judged", () => Tracking().With(c => (c.Now, c.Resolution) = (c.Now.AddMinutes(10), Points(B))), Asks: typeof(Question.Judge), Tells: "TagMoved"),
        new("a tag that did not move leaves everything as it is", () => Tracking().With(c => (c.Now, c.Resolution) = (c.Now.AddMinutes(10), Points(A))), Phase.Done, "RolledOut", Ready: Truth.True, Silent: true, Again: 600),
        new("a tracked tag whose registry is away leaves what runs", () => Tracking().With(c => (c.Now, c.Resolution, c.Gate) = (c.Now.AddMinutes(10), Away<Resolved>(), Says("Pass"))), Phase.Done, "RolledOut", Ready: Truth.True, Again: 15),
        new("a tracked tag that is gone is not asked for without end", () => Tracking().With(c => (c.Now, c.Resolution, c.Gate) = (c.Now.AddMinutes(10), Refused<Resolved>("NotInRegistry"), Says("Pass"))), Phase.Done, "RolledOut", Ready: Truth.True, Again: 120),

        // Gate
        new("a pass goes on to the target", () => new Case { Gate = Says("Pass") }.Knows(B), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "GatePassed", Again: 5),
        new("a fail touches nothing and names the rule", () => new Case { Gate = Says("Fail", null, 4, "limits.size") }.Knows(B), Phase.Blocked, "GateFailed", Tells: "GateFailed", Says: "limits.size", Again: 600),
        new("a fail that was told is told once", () => new Case { Gate = Says("Fail", null, 4, "limits.size") }.Knows(B).With(c => c.Take()), Phase.Blocked, "GateFailed", Silent: true, Again: 600),
        new("a fail of what is tracked is looked at when the tag is", () => new Case { Gate = Says("Fail") }.With(c => c.Spec = c.Spec with { DigestPolicy = DigestPolicy.Track, Interval = "1m" }).Knows(B), Phase.Blocked, "GateFailed", Again: 60),
        new("many violations are counted", () => new Case { Gate = Says("Fail", null, 4, "one", "two", "three", "four", "five") }.Knows(B), Phase.Blocked, "GateFailed", Says: "and 2 more", Again: 600),
        new("what was not inspected is inspected", () => new Case { Gate = Says("Undecided", "not-inspected") }.Knows(B), Asks: typeof(Question.Inspect)),
        new("an inspection that was asked for is waited for", () => new Case { Gate = Says("Undecided", "not-inspected"), Inspection = new("id") }.Knows(B), Phase.Inspecting, "Inspecting", Tells: "InspectionRequested", Again: 3),
        new("an inspection under way is waited for", () => new Case { Gate = Says("Undecided", "inspecting") }.Knows(B), Phase.Inspecting, "Inspecting", Again: 3),
        new("an inspection that failed before it was asked for is asked for", () => new Case { Gate = Says("Undecided", "inspection-failed") }.Knows(B), Asks: typeof(Question.Inspect)),
        new("an inspection that failed is repeated after a while", () => new Case { Gate = Says("Undecided", "inspection-failed") }.Knows(B).With(c => c.Inspection = new("id")).With(c => c.Take()).With(c => (c.Inspection, c.Now) = (null, c.Now.AddMinutes(2))), Asks: typeof(Question.Inspect)),
        new("an inspection that failed is not repeated at once", () => new Case { Gate = Says("Undecided", "inspection-failed") }.Knows(B).With(c => c.Inspection = new("id")).With(c => c.Take()).With(c => c.Inspection = null), Phase.Gating, "InspectionFailed", Again: 15),
        new("no advisory data is no verdict", () => new Case { Gate = Says("Undecided", "no-advisory-data") }.Knows(B), Phase.Gating, "NoAdvisoryData", Again: 15),
        new("advisory data that is too old is no verdict", () => new Case { Gate = Says("Undecided", "advisory-data-too-old") }.Knows(B), Phase.Gating, "AdvisoryDataTooOld", Again: 15),
        new("a service that is away is no verdict", () => new Case { Gate = Away<Judged>() }.Knows(B), Phase.Gating, "PlimsollUnavailable", Again: 15),
        new("a service that is away when it is asked to inspect is no verdict", () => new Case { Gate = Says("Undecided", "not-inspected"), Inspection = Away<string>() }.Knows(B), Phase.Gating, "PlimsollUnavailable", Again: 15),
        new("a policy that does not exist stalls", () => new Case { Gate = Refused<Judged>("PolicyNotFound") }.Knows(B), Phase.Stalled, "PolicyNotFound", Again: 600),
        new("a policy that cannot be read stalls", () => new Case { Gate = Refused<Judged>("InvalidSpec") }.Knows(B), Phase.Stalled, "InvalidSpec", Again: 600),
        new("a verdict that does not come in time blocks", () => Waiting(TimeSpan.FromMinutes(10)), Phase.Blocked, "PlimsollUnavailable", Tells: "GateError", Again: 15),
        new("a verdict that does not come in time lets through where the spec says so", () => Waiting(TimeSpan.FromMinutes(10)).With(c => c.Spec = c.Spec with { Gate = new GateSpec(OnError: OnError.Allow) }), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "GateError", Again: 5),
        new("what failed is not let through because nobody answers later", () => new Case { Gate = Says("Fail", null, 4, "x") }.Knows(B).With(c => c.Take()).With(c => (c.Gate, c.Now) = (Away<Judged>(), c.Now.AddMinutes(20))).With(c => c.Take())
            .With(c => (c.Now, c.Spec) = (c.Now.AddMinutes(10), c.Spec with { Gate = new GateSpec(OnError: OnError.Allow) })), Phase.Blocked, "PlimsollUnavailable", Again: 15),
        new("the time for a verdict runs from when there was none", () => new Case { Gate = Says("Pass") }.Knows(B).With(c => c.Target = Running("old", paused: true)).With(c => c.Take()).With(c => (c.Gate, c.Now) = (Away<Judged>(), c.Now.AddMinutes(20))), Phase.Gating, "PlimsollUnavailable", Again: 15),
        new("what is let through without a verdict is told once", () => Waiting(TimeSpan.FromMinutes(10)).With(c => (c.Spec, c.Target) = (c.Spec with { Gate = new GateSpec(OnError: OnError.Allow) }, Running("old", paused: true))).With(c => c.Take()), Phase.Rolling, "TargetPaused", Silent: true, Again: 60),
        new("before that time nothing is let through", () => Waiting(TimeSpan.FromMinutes(9)).With(c => c.Spec = c.Spec with { Gate = new GateSpec(OnError: OnError.Allow) }), Phase.Gating, "PlimsollUnavailable", Again: 15),
        new("the end of the time is not slept through", () => Waiting(TimeSpan.FromSeconds(595)), Phase.Gating, "PlimsollUnavailable", Again: 5),
        new("a fail is a fail also where errors let through", () => new Case { Gate = Says("Fail", null, 4, "x") }.Knows(B).With(c => c.Spec = c.Spec with { Gate = new GateSpec(OnError: OnError.Allow) }), Phase.Blocked, "GateFailed", Again: 600),
        new("a blocked image whose service is back goes on", () => Waiting(TimeSpan.FromMinutes(10)).With(c => c.Take()).With(c => c.Gate = Says("Pass")), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "GatePassed", Again: 5),
        new("a first rollout is gated like any other", () => new Case { Target = Running(Next) }.Knows(B), Asks: typeof(Question.Judge)),

        // Smoke
        new("what passed is tried first", () => Smoking(), Phase.Smoking, "SmokeRuns", Does: typeof(Effect.StartSmoke), Again: 2),
        new("a pod that starts is waited for until its time is over", () => Smoking().With(c => (c.Smoke, c.Now) = (Pod(SmokeState.Starting), c.Now.AddSeconds(20))), Phase.Smoking, "SmokeRuns", Again: 40),
        new("a pod that is ready is taken away", () => Smoking().With(c => c.Smoke = Pod(SmokeState.Passed)), Phase.Smoking, "SmokeEnds", Does: typeof(Effect.EndSmoke), Tells: "SmokePassed", Again: 2),
        new("a pod that failed blocks its digest", () => Smoking().With(c => c.Smoke = Pod(SmokeState.Failed, "CrashLoopBackOff")), Phase.Blocked, "SmokeFailed", Does: typeof(Effect.EndSmoke), Tells: "SmokeFailed", Says: "CrashLoopBackOff"),
        new("a pod that is not ready in time blocks its digest", () => Smoking().With(c => (c.Smoke, c.Now) = (Pod(SmokeState.Running), c.Now.AddSeconds(60))), Phase.Blocked, "SmokeFailed", Does: typeof(Effect.EndSmoke), Tells: "SmokeFailed", Says: "60 s"),
        new("a pod that no node has room for says nothing about its image", () => Smoking().With(c => (c.Smoke, c.Now) = (Pod(SmokeState.Starting, "0/3 nodes are available"), c.Now.AddSeconds(60))), Phase.Smoking, "SmokeNotStarted", Tells: "SmokeNotStarted", Says: "0/3 nodes", Again: 60),
        new("a pod that does not start is told of once", () => Smoking().With(c => (c.Smoke, c.Now) = (Pod(SmokeState.Starting), c.Now.AddSeconds(60))).With(c => c.Take()), Phase.Smoking, "SmokeNotStarted", Silent: true),
        new("a pod that starts late may still pass", () => Smoking().With(c => (c.Smoke, c.Now) = (Pod(SmokeState.Starting), c.Now.AddSeconds(60))).With(c => c.Take()).With(c => c.Smoke = Pod(SmokeState.Passed)), Phase.Smoking, "SmokeEnds", Does: typeof(Effect.EndSmoke), Tells: "SmokePassed"),
        new("a pod that the cluster ended is started again", () => Smoking().With(c => c.Smoke = Pod(SmokeState.Lost, "the node was low on memory")), Phase.Smoking, "SmokeLost", Does: typeof(Effect.EndSmoke), Says: "low on memory", Again: 2),
        new("a pod of another digest is taken away first", () => Smoking().With(c => c.Smoke = Pod(SmokeState.Passed) with { Digest = A }), Phase.Smoking, "SmokeEnds", Does: typeof(Effect.EndSmoke), Again: 2),
        new("what was smoke-tested is rolled", () => Smoked(), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
        new("what was smoke-tested is judged again before it is rolled", () => Smoked().With(c => c.Gate = null), Asks: typeof(Question.Judge)),
        new("what fails after it was smoke-tested is not rolled", () => Smoked().With(c => c.Gate = Says("Fail", null, 4, "x")), Phase.Blocked, "GateFailed", Tells: "GateFailed", Again: 600),
        new("a smoke pod that was left is taken away before the roll", () => Smoked().With(c => c.Smoke = Pod(SmokeState.Passed)), Phase.Smoking, "SmokeEnds", Does: typeof(Effect.EndSmoke), Again: 2),
        new("a digest that failed its smoke test is not tried again", () => Smoking().With(c => c.Smoke = Pod(SmokeState.Failed)).With(c => c.Take()).With(c => (c.Smoke, c.Gate) = (null, null)), Phase.Blocked, "SmokeFailed", Silent: true, Again: 600),
        new("a digest that failed its smoke test is tried for another spec", () => Smoking().With(c => c.Smoke = Pod(SmokeState.Failed)).With(c => c.Take()).With(c => (c.Smoke, c.Generation) = (null, 2)), Phase.Smoking, "SmokeRuns", Does: typeof(Effect.StartSmoke), Again: 2),

        // Roll and verify
        new("a target that is paused is waited for", () => new Case { Gate = Says("Pass"), Target = Running("old", paused: true) }.Knows(B), Phase.Rolling, "TargetPaused", Again: 60),
        new("an image that is there already is only watched", () => new Case { Gate = Says("Pass"), Target = Running(Next, complete: false) }.Knows(B), Phase.Verifying, "Rolling", Again: 600),
        new("an image that runs already is done", () => new Case { Gate = Says("Pass"), Target = Running(Next) }.Knows(B), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "RolloutSucceeded", Again: 3600),
        new("a patch that the cache has not seen is waited for", () => Verifying().With(c => c.Target = Running(Good)), Phase.Verifying, "Rolling", Again: 2),
        new("an image that nobody came to set is judged again", () => Verifying().With(c => (c.Target, c.Now) = (Running(Good), c.Now.AddSeconds(2))), Asks: typeof(Question.Judge)),
        new("an image that nobody came to set is set", () => Verifying().With(c => (c.Target, c.Now, c.Gate) = (Running(Good), c.Now.AddSeconds(2), Says("Pass"))), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
        new("an image that somebody else set meanwhile is drift", () => Verifying().With(c => c.Target = Running("registry.example/shop/checkout:handmade")), Phase.Done, "Drifted", Tells: "DriftDetected"),
        new("a rollout on its way says how far it is", () => Verifying(), Phase.Verifying, "Rolling", Says: "1 of 3 replicas updated, 2 available", Again: 600),
        new("numbers of an older pod template count for nothing", () => Verifying().With(c => c.Target = Running(Next, observed: false)), Phase.Verifying, "Rolling", Again: 600),
        new("a rollout that is complete is done", () => Verifying().With(c => c.Target = Running(Next)), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "RolloutSucceeded"),
        new("a rollout that is complete is watched for a while", () => Verifying().With(Soak).With(c => c.Target = Running(Next)), Phase.Verifying, "Soaking", Again: 120),
        new("a rollout that stayed well is done", () => Verifying().With(Soak).With(c => c.Target = Running(Next)).With(c => c.Take()).With(c => c.Now += TimeSpan.FromSeconds(120)), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "RolloutSucceeded"),
        new("a rollout that falls back while it is watched begins to be watched anew", () => Verifying().With(Soak).With(c => c.Target = Running(Next)).With(c => c.Take()).With(c => c.Target = Running(Next, complete: false)), Phase.Verifying, "Rolling", Again: 600),
        new("a rollout that Kubernetes gives up goes back", () => Verifying().With(c => c.Target = Running(Next, complete: false, exceeded: true)), Phase.RollingBack, "RollingBack", Does: typeof(Effect.SetImage), Tells: "RollbackStarted", Says: "ProgressDeadlineExceeded", Again: 5),
        new("a word of Kubernetes about an older pod template is no end", () => Verifying().With(c => c.Target = Running(Next, complete: false, observed: false, exceeded: true)), Phase.Verifying, "Rolling", Again: 600),
        new("what Kubernetes said of an earlier rollout is no end of this one", () => Verifying().With(c => c.Target = Running(Next, complete: false, exceeded: true) with { DeadlineExceededAt = c.Now.AddMinutes(-1) }), Phase.Verifying, "Rolling", Again: 600),
        new("what Kubernetes says of this rollout ends it", () => Verifying().With(c => c.Target = Running(Next, complete: false, exceeded: true) with { DeadlineExceededAt = c.Now.AddSeconds(1) }), Phase.RollingBack, "RollingBack", Says: "ProgressDeadlineExceeded", Does: typeof(Effect.SetImage)),
        new("a rollout that misses its deadline goes back", () => Verifying().With(c => c.Now += TimeSpan.FromSeconds(600)), Phase.RollingBack, "RollingBack", Does: typeof(Effect.SetImage), Tells: "RolloutFailed", Says: "600 s", Again: 5),
        new("a rollout that must not go back stays", () => Verifying().With(c => (c.Now, c.Spec) = (c.Now.AddSeconds(600), c.Spec with { Rollout = new RollSpec(Rollback: OnRolloutFailure.Never) })), Phase.Blocked, "RolloutFailed", Tells: "RolloutFailed", Says: "Never"),
        new("a first rollout that fails has nothing to go back to and says so", () => Verifying().With(c => (c.Now, c.Status) = (c.Now.AddSeconds(600), c.Status! with { LastGood = null, Current = null })), Phase.Blocked, "RolloutFailed", Tells: "RolloutFailed", Says: "no earlier image"),
        new("another image while one rolls is judged at once", () => Verifying().With(c => (c.Generation, c.Spec) = (2, c.Spec with { Image = $"registry.example/shop/checkout:1.5.0@{A}" })), Asks: typeof(Question.Judge), Tells: "ImageResolved"),

        // Back
        new("a rollback on its way is waited for", () => GoingBack(), Phase.RollingBack, "RollingBack", Again: 600),
        new("what Kubernetes still says of what failed is no end of the rollback", () => GoingBack().With(c => c.Target = Running(Good, complete: false, exceeded: true)), Phase.RollingBack, "RollingBack", Again: 600),
        new("a rollback goes on after a suspension", () => GoingBack().With(c => c.Spec = c.Spec with { Suspend = true }).With(c => c.Take()).With(c => c.Spec = c.Spec with { Suspend = false }), Phase.RollingBack, "RollingBack", Again: 600),
        new("a rollback that nobody came to set is set", () => Verifying().With(c => c.Now += TimeSpan.FromSeconds(600)).With(c => c.Take()).With(c => c.Now += TimeSpan.FromSeconds(2)), Phase.RollingBack, "RollingBack", Does: typeof(Effect.SetImage), Again: 5),
        new("a rollback that is complete is told", () => GoingBack().With(c => c.Target = Running(Good)), Phase.RolledBack, "RolledBack", Tells: "RollbackCompleted", Says: "runs again"),
        new("a rollback does not soak", () => GoingBack().With(Soak).With(c => c.Target = Running(Good)), Phase.RolledBack, "RolledBack", Tells: "RollbackCompleted"),
        new("a rollback that fails is not tried for ever", () => GoingBack().With(c => c.Now += TimeSpan.FromSeconds(600)), Phase.Blocked, "RollbackFailed", Tells: "RolloutFailed", Says: "does not come back either", Again: 600),
        new("a digest that was rolled back is not tried again", () => Back(), Phase.RolledBack, "RolloutFailed", Silent: true, Again: 600),
        new("a digest that was rolled back is judged again after a while", () => Back().With(c => c.Now += TimeSpan.FromMinutes(10)), Asks: typeof(Question.Judge)),
        new("a digest that was rolled back stays back under the same policy", () => Back().With(c => (c.Now, c.Gate) = (c.Now.AddMinutes(10), Says("Pass"))), Phase.RolledBack, "RolloutFailed", Silent: true, Again: 600),
        new("a digest that was rolled back is tried under another policy", () => Back().With(c => (c.Now, c.Gate) = (c.Now.AddMinutes(10), Says("Pass", revision: 5))), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
        new("a digest that was rolled back is tried for another spec", () => Back().With(c => (c.Generation, c.Gate) = (2, Says("Pass"))), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
        new("another image after a rollback is looked up", () => Back().With(c => (c.Generation, c.Spec) = (2, c.Spec with { Image = "registry.example/shop/checkout:1.4.3" })), Asks: typeof(Question.Resolve)),

        // Done
        new("what is done is left alone", () => new Case().Done(A), Phase.Done, "RolledOut", Ready: Truth.True, Silent: true, Again: 3600),
        new("what is done is judged again after an hour", () => new Case().Done(A).With(c => c.Now += TimeSpan.FromHours(1)), Asks: typeof(Question.Judge)),
        new("what is done is judged again when somebody asks", () => new Case { Annotations = new() { ["plimsoll.dev/reconcile-requested-at"] = "now" } }.Done(A), Asks: typeof(Question.Judge)),
        new("what runs and no longer passes runs on", () => new Case { Gate = Says("Fail", null, 5, "findings.failOn") }.Done(A), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "GateFailed", Says: "no longer passes"),
        new("what runs and no longer passes is said to at every look", () => new Case { Gate = Says("Fail", null, 5, "findings.failOn") }.Done(A).With(c => c.Take()).With(c => c.Gate = null), Phase.Done, "RolledOut", Ready: Truth.True, Silent: true, Says: "no longer passes", Again: 3600),
        new("what runs with new vulnerabilities is reported and stays ready", () => new Case { Gate = Says("Fail", null, 5, "vulnerabilities.failOn") }.Done(A), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "GateFailed", Says: "no longer passes"),
        new("what runs with new vulnerabilities is not ready where the spec says so", () => Exposed(), Phase.Suspended, "NewVulnerabilities", Tells: "GateFailed", Says: "no longer passes", Again: 3600),
        new("new vulnerabilities are told once and it stays so", () => Exposed().With(c => c.Take()).With(c => c.Gate = null), Phase.Suspended, "NewVulnerabilities", Silent: true, Again: 3600),
        new("what has new vulnerabilities stays so while nobody answers", () => Exposed().With(c => c.Take()).With(c => (c.Now, c.Gate) = (c.Now.AddHours(1), Away<Judged>())), Phase.Suspended, "NewVulnerabilities", Again: 60),
        new("what has new vulnerabilities is judged again after an hour", () => Exposed().With(c => c.Take()).With(c => (c.Now, c.Gate) = (c.Now.AddHours(1), null)), Asks: typeof(Question.Judge)),
        new("what had new vulnerabilities is ready when it passes again", () => Exposed().With(c => c.Take()).With(c => (c.Now, c.Gate) = (c.Now.AddHours(1), Says("Pass"))), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "GatePassed", Again: 3600),
        new("the next image is rolled out over what has new vulnerabilities", () => Exposed().With(c => c.Take()).Knows(B).With(c => c.Gate = Says("Pass")), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
        new("what fails for another reason is ready whatever is said of vulnerabilities", () => Exposed().With(c => c.Gate = Says("Fail", null, 5, "findings.failOn")), Phase.Done, "RolledOut", Ready: Truth.True, Tells: "GateFailed"),
        new("what runs is not touched while the service is away", () => new Case { Gate = Away<Judged>() }.Done(A).With(c => c.Now += TimeSpan.FromDays(2)), Phase.Done, "RolledOut", Ready: Truth.True, Silent: true, Again: 60),

        // Drift
        new("a change by others is reported and left", () => Drifted(Drift.Report), Phase.Done, "Drifted", Tells: "DriftDetected", Says: "handmade"),
        new("a change by others is reported once", () => Drifted(Drift.Report).With(c => c.Take()), Phase.Done, "Drifted", Silent: true),
        new("a change by others that went away is forgotten", () => Drifted(Drift.Report).With(c => c.Take()).With(c => c.Target = Running(Good)), Phase.Done, "RolledOut", Ready: Truth.True),
        new("a change by others is judged before it is reverted", () => Drifted(Drift.Revert), Asks: typeof(Question.Judge), Tells: "DriftDetected"),
        new("a change by others is reverted", () => Drifted(Drift.Revert).With(c => c.Gate = Says("Pass")), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "DriftDetected", Again: 5),
        new("a change by others is not reverted to what no longer passes", () => Drifted(Drift.Revert).With(c => c.Gate = Says("Fail", null, 5, "x")), Phase.Blocked, "GateFailed", Tells: "GateFailed", Again: 600),
        new("a change by others is reverted when the next image does not pass", () => Drifted(Drift.Revert).Knows(B).With(c => c.Gate = Says("Fail", null, 4, "x")), Phase.Blocked, "GateFailed", Does: typeof(Effect.SetImage), Tells: "DriftReverted"),
        new("a change by others is left when the next image does not pass and nobody wants it reverted", () => Drifted(Drift.Report).Knows(B).With(c => c.Gate = Says("Fail", null, 4, "x")), Phase.Blocked, "GateFailed", Tells: "DriftDetected"),
        new("a change by others is adopted", () => Drifted(Drift.Adopt), Phase.Done, "Adopted", Ready: Truth.True, Tells: "DriftDetected"),
        new("what was adopted stays", () => Drifted(Drift.Adopt).With(c => c.Take()), Phase.Done, "Adopted", Ready: Truth.True, Silent: true),
        new("what was adopted gives way to another spec", () => Drifted(Drift.Adopt).With(c => c.Take()).With(c => (c.Generation, c.Gate) = (2, Says("Pass"))), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
        new("a new image goes over a change by others", () => Drifted(Drift.Report).Knows(B).With(c => c.Gate = Says("Pass")), Phase.Verifying, "Rolling", Does: typeof(Effect.SetImage), Tells: "RolloutStarted", Again: 5),
    }.ToDictionary(row => row.Name);

    public static TheoryData<string> Rows => [.. Table.Keys];

    [Theory, MemberData(nameof(Rows))]
    public void A_look_comes_to_one_thing(string name)
    {
        var row = Table[name];
        var step = row.Make().Decide();
        Assert.Equal(row.Asks, step.Question?.GetType());
        if (row.Asks is null)
        {
            var ready = step.Status.Conditions!.Single(one => one.Type == "Ready");
            Assert.Equal((row.Phase, row.Reason, row.Ready.ToString()), (step.Status.Phase, ready.Reason, ready.Status));
            Assert.Contains(row.Says ?? "", ready.Message, StringComparison.Ordinal);
            if (row.Again is { } seconds)
                Assert.Equal(seconds, step.LookAgainIn?.TotalSeconds);
        }
        Assert.Equal(row.Does, step.Effect?.GetType());
        if (row.Tells is { } told)
            Assert.Contains(told, step.Notices.Select(notice => notice.Reason));
        if (row.Silent)
            Assert.Empty(step.Notices);
    }

    [Fact]
    public void The_table_is_as_long_as_it_has_to_be() => Assert.InRange(Table.Count, 80, 500);

    static SmokePod Pod(SmokeState state, string? reason = null) => new("checkout-smoke", B, state, Start, reason);

    static Case Tracking() => new Case().With(c => c.Spec = c.Spec with { DigestPolicy = DigestPolicy.Track, Interval = "10m" }).Done(A);

    // The service was away when it was first asked.
    static Case Waiting(TimeSpan since) => new Case { Gate = Away<Judged>() }.Knows(B).With(c => c.Take()).With(c => c.Now += since);

    static Case Smoking() => new Case { Gate = Says("Pass") }.With(c => c.Spec = c.Spec with { Smoke = new SmokeSpec(new HttpGetSpec("/health", 8000)) }).Knows(B);

    static Case Smoked() => Smoking().With(c => c.Smoke = Pod(SmokeState.Passed)).With(c => c.Take()).With(c => c.Smoke = null);

    static Case Verifying() => new Case().Done(A).Knows(B).Rolling(Next);

    static Case GoingBack() => Verifying().With(c => c.Now += TimeSpan.FromSeconds(600)).With(c => c.Take()).With(c => c.Target = Running(Good, complete: false));

    static Case Back() => GoingBack().With(c => c.Target = Running(Good)).With(c => c.Take()).With(c => c.Status = c.Status! with { Gate = c.Status.Gate! with { EvaluatedAt = c.Now } });

    static Case Exposed() => new Case { Gate = Says("Fail", null, 5, "vulnerabilities.failOn") }.With(c => c.Spec = c.Spec with { Gate = new GateSpec(OnNewVulnerabilities: OnNewVulnerabilities.Suspend) }).Done(A);

    static Case Drifted(Drift drift) => new Case().With(c => c.Spec = c.Spec with { Drift = drift }).Done(A).With(c => c.Target = Running("registry.example/shop/checkout:handmade"));

    static void Soak(Case c) => c.Spec = c.Spec with { Rollout = new RollSpec(SoakSeconds: 120) };

    sealed record Row(
        string Name, Func<Case> Make, Phase Phase = default, string Reason = "", Truth Ready = Truth.False, Type? Asks = null, Type? Does = null, string? Tells = null, string? Says = null,
        bool Silent = false, double? Again = null);
}
