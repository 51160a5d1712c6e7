using k8s.Models;

namespace Plimsoll.Operator.Rollouts;

/// <summary>A decision while it is made: the status as it will be, and what is to be told.</summary>
internal sealed class Draft(ImageRollout rollout, World world)
{
    readonly List<Notice> _notices = [];

    public RolloutSpec Spec => rollout.Spec;

    public World World => world;

    public DateTimeOffset Now => world.Now;

    public long Generation => rollout.Metadata.Generation ?? 0;

    public RolloutStatus Status { get; set; } = rollout.Status ?? RolloutStatus.New;

    /// <summary>Whether the spec is another one than that of the last look.</summary>
    public bool IsNewSpec => Status.ObservedGeneration != Generation;

    public string? ReconcileRequestedAt => rollout.ReconcileRequestedAt();

    /// <summary>Whether somebody asked for a look since the last one.</summary>
    public bool IsForced => ReconcileRequestedAt is { } at && at != Status.LastHandledReconcileAt;

    public string Digest => Status.Image!.Digest;

    /// <summary>What the container is to run.</summary>
    public string Wanted => ImageReference.At(Spec.Image, Digest);

    public void Tell(string reason, string text) => _notices.Add(new Notice(reason, false, text));

    public void Warn(string reason, string text) => _notices.Add(new Notice(reason, true, text));

    public V1Condition? Condition(string type) => Status.Conditions?.FirstOrDefault(one => one.Type == type);

    public bool Holds(string type) => Condition(type)?.Status == "True";

    /// <summary>Sets a condition; its time changes only when its status does.</summary>
    public void Set(string type, Truth truth, string reason, string message)
    {
        var before = Condition(type);
        var now = new V1Condition
        {
            Type = type, Status = truth.ToString(), Reason = reason, Message = message.Length > 1024 ? message[..1023] + "…" : message, ObservedGeneration = Generation,
            LastTransitionTime = before?.Status == truth.ToString() ? before.LastTransitionTime : Now.UtcDateTime,
        };
        Status = Status with { Conditions = [.. (Status.Conditions ?? []).Where(one => one.Type != type), now] };
    }

    public void Clear(string type)
    {
        if (Condition(type) is not null)
            Status = Status with { Conditions = [.. Status.Conditions!.Where(one => one.Type != type)] };
    }

    /// <summary>Nothing more can be said before the answer.</summary>
    public Step Ask(Question question) => new(Status, _notices, Question: question);

    /// <summary>On the way: it goes on by itself.</summary>
    public Step Wait(Phase phase, string reason, string message, TimeSpan? again, Effect? effect = null)
    {
        Set("Ready", Truth.False, reason, message);
        Set("Reconciling", Truth.True, reason, message);
        Clear("Stalled");
        return End(phase, again, effect);
    }

    /// <summary>Here it stays until something changes.</summary>
    public Step Rest(Phase phase, Truth ready, string reason, string message, TimeSpan? again = null, Effect? effect = null, bool stalled = false)
    {
        Set("Ready", ready, reason, message);
        Clear("Reconciling");
        if (stalled)
            Set("Stalled", Truth.True, reason, message);
        else
            Clear("Stalled");
        return End(phase, again, effect);
    }

    Step End(Phase phase, TimeSpan? again, Effect? effect)
    {
        Status = Status with { ObservedGeneration = Generation, Phase = phase, LastHandledReconcileAt = ReconcileRequestedAt ?? Status.LastHandledReconcileAt };
        return new Step(Status, _notices, Effect: effect, LookAgainIn: again);
    }
}

internal enum Truth { True, False, Unknown }
