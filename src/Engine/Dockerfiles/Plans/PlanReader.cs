using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Plans;

/// <summary>Puts instructions into stages.</summary>
internal sealed class PlanReader(Dockerfile file)
{
    readonly List<ArgStep> _before = [];
    readonly List<BuildStage> _stages = [];
    readonly Dictionary<string, BuildStage> _named = new(StringComparer.OrdinalIgnoreCase);
    VariableScope? _global;

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
                _before.Add(step as ArgStep
                    ?? throw new DockerfileSyntaxException(step.Source.At, $"{step.Source.Name} stands before the first FROM, where only ARG may"));
        if (from is null)
            throw new DockerfileSyntaxException(file.Instructions[^1].At, "there is no FROM, and so no stage");
        End(from, steps);
        var plan = new BuildPlan(file, _before, _stages);
        return StageCircle.In(plan) is var (stage, by)
            ? throw new DockerfileSyntaxException(by.Source.At, $"{stage.Title} needs itself by this") : plan;
    }

    void End(FromStep from, List<BuildStep> steps)
    {
        _global ??= new VariableScope(_before, file.Escape);
        var name = _global.Expand(from.Image);
        if (name.Length == 0)
            // Whoever builds has to name it: until then what is written is all that is known.
            name = from.Image.Text.Contains('$', StringComparison.Ordinal) ? from.Image.Text
                : throw new DockerfileSyntaxException(from.Image.Start, $"\"{from.Image}\" names no image");
        foreach (var step in steps)
            WordCheck.Look(step, file.Escape);
        if (_stages.Count == DockerfileLimits.Stages)
            throw new DockerfileSyntaxException(from.Source.At, $"the file has more than {DockerfileLimits.Stages} stages");
        // Only what stands above it: a name of a later stage means an image.
        var on = _named.GetValueOrDefault(name);
        var stage = new BuildStage(_stages.Count, from, steps, on is null ? name : null, on);
        _stages.Add(stage);
        if (stage.Name is { } own)
            _named[own] = stage;
    }
}
