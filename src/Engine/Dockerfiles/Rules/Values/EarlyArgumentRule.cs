using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

internal sealed class EarlyArgumentRule : IDockerfileRule
{
    static readonly HashSet<string> Changing = new(StringComparer.Ordinal)
    {
        "BUILD_DATE", "BUILD_ID", "BUILD_NUMBER", "BUILD_TIME", "BUILD_TIMESTAMP", "BUILDDATE",
        "CI_COMMIT_SHA", "COMMIT", "COMMIT_HASH", "COMMIT_SHA", "CREATED", "GIT_COMMIT", "GIT_HASH", "GIT_REF", "GIT_REVISION",
        "GIT_SHA", "GITHUB_SHA", "REVISION", "SOURCE_COMMIT", "VCS_REF",
    };

    public RuleInfo Info { get; } = new("early-argument", Severity.Low,
        "An argument that changes with each build stands before steps that do not need it",
        "Declare it right above the first step that uses it.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in file.Plan.Stages
        from remark in Early(stage)
        select remark;

    static IEnumerable<Remark> Early(BuildStage stage)
    {
        var open = new Dictionary<string, PlacedText>(StringComparer.Ordinal);
        foreach (var step in stage.Steps)
        {
            if (step is ArgStep arg)
                foreach (var name in arg.Values.Select(one => one.Name).Where(name => Changing.Contains(name.Text)))
                    open[name.Text] = name;
            if (step is not RunStep || open.Count == 0)
                continue;
            var used = VariableUse.NamesIn(step.Source).ToHashSet(StringComparer.Ordinal);
            foreach (var (name, place) in open)
                if (!used.Contains(name))
                    yield return Remark.At(place, $"each new {name} makes the step of line {step.Source.At.Line} run again, which does not use it");
            open.Clear();
        }
    }
}
