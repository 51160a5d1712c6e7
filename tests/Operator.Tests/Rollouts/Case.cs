using k8s.Models;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>A rollout and the world around it, which tests change a little and decide on.</summary>
internal sealed class Case
{
    public const string Image = "registry.example/shop/checkout:1.4.2";

    public static readonly string A = "sha256:" + new string('a', 64), B = "sha256:" + new string('b', 64), Good = $"{Image}@{A}", Next = $"{Image}@{B}";

    public static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    public DateTimeOffset Now { get; set; } = Start;

    public RolloutSpec Spec { get; set; } = new(new TargetRef(TargetKind.Deployment, "checkout"), "app", Image, PolicyRef: new NameRef("production"));

    public RolloutStatus? Status { get; set; }

    public long Generation { get; set; } = 1;

    public Dictionary<string, string>? Annotations { get; set; }

    public Target? Target { get; set; } = Running("registry.example/shop/checkout:1.4.1");

    public string? Rival { get; set; }

    public SmokePod? Smoke { get; set; }

    public Answer<Resolved>? Resolution { get; set; }

    public Answer<Judged>? Gate { get; set; }

    public Answer<string>? Inspection { get; set; }

    public static Target Running(string image, bool complete = true, bool observed = true, bool exceeded = false, bool paused = false) =>
        new("uid-1", "7", image, observed, complete, exceeded, paused, complete ? new Replicas(3, 3, 3, 3) : new Replicas(3, 1, 2, 2));

    public static Answer<Resolved> Points(string digest) => new(new Resolved(digest, ["linux/amd64"]));

    public static Answer<Judged> Says(string outcome, string? reason = null, int revision = 4, params string[] violations) => new(new Judged(outcome, reason, "production", revision, [.. violations.Select(rule => new Violation(rule, "250 MiB", "300 MiB"))]));

    public static Answer<T> Away<T>()
        where T : class => new(null, new Trouble(true, "PlimsollUnavailable", "connection refused"));

    public static Answer<T> Refused<T>(string reason)
        where T : class => new(null, new Trouble(false, reason, "no"));

    /// <summary>As after the digest was found out.</summary>
    public Case Knows(string digest)
    {
        Status = (Status ?? RolloutStatus.New) with { ObservedGeneration = Generation, Image = new ResolvedImage(Spec.Image, digest, Now) };
        return this;
    }

    /// <summary>As after the image at this digest was rolled out, with a verdict of now.</summary>
    public Case Done(string digest)
    {
        var image = $"{Spec.Image}@{digest}";
        Knows(digest).Status = Status! with { Phase = Phase.Done, Current = image, LastGood = image, Gate = new GateStatus("Pass", null, "production", 4, null, Now, Now) };
        Target = Running(image);
        return this;
    }

    /// <summary>As after the image was set and before it runs everywhere.</summary>
    public Case Rolling(string image, Phase phase = Phase.Verifying)
    {
        Status = Status! with { Phase = phase, Rollout = new RollStatus(image, Now, Now.AddSeconds((Spec.Rollout ?? new RollSpec()).ProgressDeadlineSeconds), 3, 0, 0, 0, From: Target?.Image) };
        Target = Running(image, complete: false);
        return this;
    }

    public Case With(Action<Case> change)
    {
        change(this);
        return this;
    }

    public ImageRollout Rollout => new()
    {
        Metadata = new V1ObjectMeta { Name = "checkout", NamespaceProperty = "shop", Uid = "rollout-uid", Generation = Generation, Annotations = Annotations },
        Spec = Spec, Status = Status,
    };

    public Step Decide() => RolloutDecision.Next(Rollout, new World(Now, Target, Rival, Smoke, Resolution, Gate, Inspection));

    /// <summary>Decides, and keeps the status as the cluster would.</summary>
    public Step Take()
    {
        var step = Decide();
        Status = step.Status;
        return step;
    }
}
