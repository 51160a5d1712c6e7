using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>Puts instructions into stages.</summary>
internal sealed class PlanReader(Dockerfile file)
{
    readonly List<ArgStep> _before = [];
    readonly List<BuildStage> _stages = [];
    VariableScope? _scope;

    public BuildPlan Read()
    {
        var reader = new StepReader(file.Escape);
        FromStep? from = null;
        var steps = new List<BuildStep>();
        foreach (var step in file.Instructions.Select(reader.Read))
            if (step is FromStep next)
            {
                if (from is not null)
                    End(from, steps);
                (from, steps) = (next, []);
            }
            else if (from is not null)
                steps.Add(step);
            else
                _before.Add(step as ArgStep ?? throw new DockerfileSyntaxException(step.Source.At, $"{step.Source.Name} stands before the first FROM, where only ARG may"));
        if (from is null)
            throw new DockerfileSyntaxException(file.Instructions[^1].At, "there is no FROM, and so no stage");
        End(from, steps);
        var plan = new BuildPlan(file, _before, _stages);
        var (states, taken) = (new Walk[_stages.Count], new BuildStep[_stages.Count]);
        foreach (var stage in _stages)
            Follow(plan, stage, states, taken);
        return plan;
    }

    enum Walk { NotYet, Open, Done }

    // Each stage is gone through once. Whatever leads back to one that is still open leads to itself.
    static void Follow(BuildPlan plan, BuildStage stage, Walk[] states, BuildStep[] taken)
    {
        if (states[stage.Number] == Walk.Done)
            return;
        states[stage.Number] = Walk.Open;
        foreach (var (other, by) in plan.Needs(stage))
        {
            taken[stage.Number] = by;
            if (states[other.Number] == Walk.Open)
                throw new DockerfileSyntaxException(taken[other.Number].Source.At, $"{other.Title} needs itself by this");
            Follow(plan, other, states, taken);
        }
        states[stage.Number] = Walk.Done;
    }

    void End(FromStep from, List<BuildStep> steps)
    {
        if (_stages.Count == DockerfileLimits.Stages)
            throw new DockerfileSyntaxException(from.Source.At, $"there are more than {DockerfileLimits.Stages} stages");
        var name = (_scope ??= new VariableScope(_before, file.Escape)).Expand(from.Image);
        if (name.Length == 0)
            throw new DockerfileSyntaxException(from.Image.Start, $"\"{from.Image}\" is empty when nothing is given to the build");
        // Only what stands above it: a name of a later stage means an image.
        var on = _stages.LastOrDefault(stage => stage.Name is { } known && known.Equals(name, StringComparison.OrdinalIgnoreCase));
        _stages.Add(new BuildStage(_stages.Count, from, steps, on is null ? name : null, on));
    }
}
