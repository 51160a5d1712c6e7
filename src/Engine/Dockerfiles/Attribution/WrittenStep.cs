using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Attribution;

/// <summary>A step of the Dockerfile that leaves a line in the history.</summary>
internal sealed record WrittenStep(BuildStage Stage, BuildStep Step, StepWords Words)
{
    /// <summary>Whether it has a layer in every image; WORKDIR has one in some.</summary>
    public bool MakesLayer => Step is RunStep or CopyStep;

    /// <summary>Those of a stage and of the stages that it stands on, the lowest first.</summary>
    public static IReadOnlyList<WrittenStep> Of(BuildPlan plan, BuildStage target)
    {
        var stages = new Stack<BuildStage>();
        for (BuildStage? stage = target; stage is not null; stage = stage.Base)
            stages.Push(stage);
        var scope = VariableScope.Of(plan, stages.Peek());
        var steps = new List<WrittenStep>();
        foreach (var stage in stages)
            foreach (var step in stage.Steps)
            {
                steps.Add(new(stage, step, StepWords.Of(step, scope)));
                scope.Pass(step);
            }
        return steps.Count > StepAlignment.Most ? steps[^StepAlignment.Most..] : steps;
    }
}
