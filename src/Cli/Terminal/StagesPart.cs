using Plimsoll.Cli.Rollouts;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>What holds of a rollout and what does not, in the words of the operator, each with how long that has been so.</summary>
internal static class StagesPart
{
    const int Message = 21, AgeCells = 6;

    public static void Write(ImageRollout rollout, DateTimeOffset now, Screen screen)
    {
        screen.Heading("Stages", new Line().Add(rollout.Reason ?? "", PhaseTone.Of(rollout)));
        foreach (var type in (string[])["ImageResolved", "GatePassed", "SmokePassed", "RolledOut"])
            if (type != "SmokePassed" || rollout.Spec?.Smoke is not null)
                Write(type, rollout.Status?.Condition(type), isGood: true, now, screen);
        // These are told only while they hold.
        foreach (var type in (string[])["RolledBack", "Drifted"])
            if (rollout.Status?.Condition(type) is { Holds: true } condition)
                Write(type, condition, isGood: false, now, screen);
    }

    static void Write(string type, Condition? condition, bool isGood, DateTimeOffset now, Screen screen)
    {
        var (mark, tone) = Mark(condition, isGood, screen);
        var line = new Line().Add("  ").Add(mark, tone).To(3 + screen.Glyphs.Pass.Length).Add(type, condition is null ? Tone.Dim : Tone.Bold).To(Message);
        var text = condition is null ? "not reached yet" : ImageText.Short(condition.Message is { Length: > 0 } message ? message : condition.Reason ?? "");
        line.Add(screen.Middle(text, screen.Width - Message - AgeCells), condition is null ? Tone.Dim : Tone.Plain);
        screen.Write(line.Right(Age.Of(condition?.LastTransitionTime, now), screen.Width, Tone.Dim));
    }

    static (string Mark, Style Tone) Mark(Condition? condition, bool isGood, Screen screen) => condition?.Status switch
    {
        null => (screen.Glyphs.Minus, Tone.Dim),
        "Unknown" => (screen.Glyphs.Unknown, Tone.Warn),
        "True" when isGood => (screen.Glyphs.Pass, Tone.Good),
        // Under way is no failure.
        "False" when condition is { Type: "RolledOut", Reason: "Rolling" } => (screen.Glyphs.Arrow, Tone.Accent),
        _ => (screen.Glyphs.Fail, Tone.Bad),
    };
}
