using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <remarks>A stage with a name may be a target of its own, but for one whose name says that it is there for others.</remarks>
internal sealed class UnusedStageRule : IDockerfileRule
{
    static readonly HashSet<string> Helpers = new(StringComparer.Ordinal) { "base", "build",
        "builder", "building", "compile", "compiler", "deps", "dependencies", "install", "installer", "restore" };

    public RuleInfo Info { get; } = new("unused-stage", Severity.Info, "Nothing takes anything from a stage",
        "Take the stage out, or copy from it what it was written for.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var used = file.Plan.Stages.SelectMany(file.Plan.Needs).Select(need => need.Stage.Number).ToHashSet();
        return from stage in file.Plan.Stages
               where !ReferenceEquals(stage, file.Target) && !used.Contains(stage.Number) && (stage.Name is null || IsHelper(stage.Name))
               select Remark.At(stage.From.Name ?? stage.From.Image,
                   $"no stage begins from {stage.Title} or copies from it, so that a build of {file.Target.Title} leaves it out");
    }

    static bool IsHelper(string name) => Helpers.Contains(name) || name.EndsWith("-build", StringComparison.Ordinal)
        || name.EndsWith("-builder", StringComparison.Ordinal) || name.EndsWith("-deps", StringComparison.Ordinal);
}
