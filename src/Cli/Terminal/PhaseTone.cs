using Plimsoll.Cli.Rollouts;
using Plimsoll.Engine.Gates;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>The styles of where a rollout is: what failed, what waits for somebody, what goes on by itself, what is done.</summary>
internal static class PhaseTone
{
    static readonly Style UnderWay = new(Color.Black, Color.Teal, Decoration.Bold);

    public static Style Of(ImageRollout rollout) => Outcome(rollout) is { } outcome ? Tone.Of(outcome) : Tone.Accent;

    public static Style Badge(ImageRollout rollout) => Outcome(rollout) is { } outcome ? Tone.Badge(outcome) : UnderWay;

    // Null: it goes on by itself.
    static Outcome? Outcome(ImageRollout rollout) => rollout.Phase switch
    {
        "Blocked" or "Stalled" or "RolledBack" or "RollingBack" => Engine.Gates.Outcome.Fail,
        "Done" when rollout.Reason != "Drifted" => Engine.Gates.Outcome.Pass,
        "Done" or "Pending" or "Suspended" => Engine.Gates.Outcome.Undecided,
        _ => rollout.Status?.Condition("Reconciling") is { Holds: true } ? null : Engine.Gates.Outcome.Undecided,
    };
}
