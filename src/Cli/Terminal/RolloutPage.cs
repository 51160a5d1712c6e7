using Plimsoll.Cli.Rollouts;

namespace Plimsoll.Cli.Terminal;

/// <summary>Why a rollout is where it is: the answer and what to do first, then what it rests on.</summary>
internal sealed class RolloutPage(ImageRollout rollout, IReadOnlyList<NextStep> next, DateTimeOffset now, Screen screen)
{
    /// <summary>Where the second column begins.</summary>
    public const int Column = 14;

    public void Write()
    {
        var line = new Line().Add($" {Words(rollout.Phase)} ", PhaseTone.Badge(rollout)).Add(" ").Add(screen.Middle($"{rollout.Namespace}/{rollout.Name}", screen.Width / 2), Tone.Bold);
        var target = $"  {rollout.Target}{(rollout.Spec?.Container is { } container ? $", container {container}" : "")}";
        screen.Write(line.Add(screen.Middle(target, screen.Width - line.Cells), Tone.Dim));
        if (rollout.IsBehind)
            screen.Wrapped("the spec was changed, and the operator has not looked at that yet; what stands below is about the spec before", 0, Tone.Warn);
        screen.Wrapped(ImageText.Short(Stage.Why(rollout)), 0);
        if (Stage.Since(rollout) is { } since)
            screen.Write($"since {Age.Moment(since)}, for {Age.Of(since, now)}", Tone.Dim);
        if (next.Count > 0)
            screen.Write();
        foreach (var step in next)
            Step(step);
        Images();
        if (rollout.Status is not { } status || !rollout.IsSeen)
            return;
        StagesPart.Write(rollout, now, screen);
        if (status.Gate is { } gate)
            new RolloutGatePart(gate, rollout.Spec?.Gate, now, screen).Write();
        if (status.Rollout is { } rolling)
            Replicas(rolling);
        Failed(status);
        History(status);
    }

    void Step(NextStep step)
    {
        screen.Advice($"{step.Text}{(step.Command is null ? "" : ":")}", 2);
        // Whole, however long: it is there to be copied.
        if (step.Command is { } command)
            screen.Write(new Line().To(3 + screen.Glyphs.Arrow.Length).Add(command, Tone.Bold));
    }

    void Images()
    {
        var (spec, status) = (rollout.Spec, rollout.Status);
        screen.Heading("Image", new Line().Add(spec?.DigestPolicy == "Track" ? $"Track: the tag is looked up every {spec.Interval ?? "10m"}" : "Pin: looked up once for each spec", Tone.Dim));
        Row("wanted", ImageText.Short(spec?.Image ?? "(none)"));
        if (status?.Image is { Digest: { } digest } image)
        {
            Row("digest", digest.Length <= screen.Width - Column ? digest : ImageText.Short(digest));
            var platforms = image.Platforms is { Count: > 0 } all ? $" {screen.Glyphs.Dot} {string.Join(", ", all)}" : "";
            Row("", $"looked up {Age.Of(image.ResolvedAt, now)} ago{platforms}", dim: true);
        }
        if (status?.Current is { } current)
            Row(status.Rollout is not null || status.Condition("Drifted") is { Holds: true } ? "set last" : "runs", ImageText.Short(current));
        if (status?.LastGood is { } good && good != status.Current)
            Row("last good", ImageText.Short(good));
    }

    void Replicas(RollStatus rolling)
    {
        var (desired, available) = (rolling.Desired ?? 0, rolling.Available ?? 0);
        var late = rolling.DeadlineAt < now;
        var deadline = rolling.DeadlineAt is { } end ? late ? $"its deadline passed {Age.Show(now - end)} ago" : $"{Age.Show(end - now)} left, until {Age.Moment(end)}" : "no deadline";
        screen.Heading("Rollout", new Line().Add(deadline, late ? Tone.Bad : Tone.Dim));
        Row("of", ImageText.Short(rolling.Image ?? "(no image)"));
        var line = new Line().To(2).Add("available").To(Column).Add(Bar.Of(screen, available, 0, Math.Max(desired, available), screen.Width < 80 ? 10 : 20, track: true));
        screen.Write(line.Add($" {available} of {desired}", Tone.Bold).Add($" {screen.Glyphs.Dot} {rolling.Updated ?? 0} updated {screen.Glyphs.Dot} {rolling.Ready ?? 0} ready"));
        if (rolling.AvailableSince is { } since)
            Row("", $"all of them for {Age.Of(since, now)}", dim: true);
    }

    void Failed(RolloutStatus status)
    {
        if (status.FailedDigests is not { Count: > 0 } failed)
            return;
        screen.Heading("Failed digests", new Line().Add("not tried again for this spec and policy", Tone.Dim));
        foreach (var one in failed.OfType<FailedDigest>())
            screen.Write(new Line().To(2).Right(Age.Of(one.At, now), 6, Tone.Dim).Add("  ").Add(one.Reason ?? "", Tone.Bad).To(24).Add(ImageText.Digits(one.Digest ?? "")));
    }

    void History(RolloutStatus status)
    {
        if (status.History is not { Count: > 0 } history)
            return;
        screen.Heading("History", new Line().Add("the newest first", Tone.Dim));
        foreach (var entry in history.OfType<HistoryEntry>())
        {
            var tone = entry.Outcome switch { "RolledOut" => Tone.Good, "Adopted" => Tone.Warn, _ => Tone.Bad };
            var line = new Line().To(2).Right(Age.Of(entry.At, now), 6, Tone.Dim).Add("  ").Add(entry.Outcome ?? "", tone).To(24);
            screen.Write(line.Add(screen.Middle(ImageText.Short(entry.Image ?? ""), screen.Width - line.Cells)));
        }
    }

    // "RolledBack" as "ROLLED BACK".
    static string Words(string phase) => string.Concat(phase.Select((letter, at) => at > 0 && char.IsUpper(letter) ? $" {letter}" : $"{char.ToUpperInvariant(letter)}"));

    void Row(string label, string text, bool dim = false)
    {
        var line = new Line().To(2).Add(label, Tone.Dim).To(Column);
        screen.Write(line.Add(screen.Middle(text, screen.Width - line.Cells), dim ? Tone.Dim : Tone.Plain));
    }
}
