using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>
/// The stages whose layers someone gets: those that no other takes anything from, and what they begin from. In all others, bytes that are left behind
/// cost nothing.
/// </summary>
internal sealed class ShippedStages
{
    readonly bool[] _shipped, _target;

    public ShippedStages(BuildPlan plan)
    {
        (_shipped, _target) = (new bool[plan.Stages.Count], new bool[plan.Stages.Count]);
        var taken = new bool[plan.Stages.Count];
        foreach (var stage in plan.Stages)
            foreach (var (other, _) in plan.Needs(stage))
                taken[other.Number] = true;
        Mark(_target, plan.Stages[^1]);
        Mark(_shipped, plan.Stages[^1]);
        foreach (var stage in plan.Stages.Where(stage => !taken[stage.Number]))
            Mark(_shipped, stage);
    }

    public bool Has(BuildStage stage) => _shipped[stage.Number];

    /// <summary>Whether it is built where no target is given, and its layers are in the image.</summary>
    public bool IsInTarget(BuildStage stage) => _target[stage.Number];

    static void Mark(bool[] marks, BuildStage? stage)
    {
        for (; stage is not null && !marks[stage.Number]; stage = stage.Base)
            marks[stage.Number] = true;
    }
}
