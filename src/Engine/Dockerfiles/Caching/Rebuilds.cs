using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Caching;

/// <summary>
/// Which steps a build makes anew when a file of the context has changed: the first that reads it, all behind it in its stage, and what takes
/// something from that stage or stands on it. A copy with <c>--link</c> depends on nothing but what it copies. This is the most that can happen:
/// BuildKit knows a copy by its content, and does not go on where a stage came out as it was.
/// </summary>
internal sealed class Rebuilds(BuildPlan plan, BuildStage target, IReadOnlyList<ContextUse> uses)
{
    readonly List<BuildStage> _stages = [.. plan.NeededFor(target).OrderBy(stage => stage.Number)];

    public IReadOnlyList<BuildStage> Stages => _stages;

    /// <summary>The steps with work to do, in the order of the file.</summary>
    /// <param name="readers">One bit for each use: the steps that read what has changed.</param>
    public IReadOnlyList<(BuildStage Stage, BuildStep Step)> Of(ulong readers)
    {
        var changed = new HashSet<BuildStage>(ReferenceEqualityComparer.Instance);
        var first = uses.Where((_, i) => (readers >> i & 1) != 0).Select(use => (object?)use.Step).ToHashSet(ReferenceEqualityComparer.Instance);
        // Once is enough but where a stage takes from one below it.
        for (var count = -1; count != changed.Count;)
        {
            count = changed.Count;
            foreach (var stage in _stages)
                if (Steps(stage, first, changed).Any())
                    changed.Add(stage);
        }
        return [.. from stage in _stages from step in Steps(stage, first, changed) where step is RunStep or CopyStep select (stage, step)];
    }

    IEnumerable<BuildStep> Steps(BuildStage stage, HashSet<object?> first, HashSet<BuildStage> changed)
    {
        var goesOn = stage.Base is { } on && changed.Contains(on);
        foreach (var step in stage.Steps)
        {
            var itself = first.Contains(step) || BuildPlan.References(step).Any(name => plan.Find(name) is { } other && changed.Contains(other));
            if (itself || goesOn && step is not CopyStep { Links: true })
                yield return step;
            goesOn |= itself;
        }
    }
}
