using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

/// <remarks>Every RUN below an ARG gets it as a variable of its environment, and may use it without a word here.</remarks>
internal sealed class UnusedArgumentRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unused-argument", Severity.Info, "An ARG has no effect", "Take it out, or use it.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var taken = file.Plan.Stages.SelectMany(stage => VariableUse.NamesIn(stage.From.Source))
            .Concat(file.Plan.Before.SelectMany(arg => VariableUse.NamesIn(arg.Source)))
            .Concat(file.Steps.Select(one => one.Step).OfType<ArgStep>().SelectMany(arg => arg.Values).Select(one => one.Name.Text))
                .ToHashSet(StringComparer.Ordinal);
        var global = file.Plan.Before.SelectMany(arg => arg.Values).Where(one => !taken.Contains(one.Name.Text)
            && !one.Name.Text.EndsWith("_PROXY", StringComparison.OrdinalIgnoreCase)
            && !one.Name.Text.StartsWith("BUILDKIT_", StringComparison.Ordinal) && one.Name.Text != "SOURCE_DATE_EPOCH")
            .Select(one => Remark.At(one.Name, $"no FROM uses {one.Name}, and no stage names it in an ARG of its own"));
        return global.Concat(file.Plan.Stages.SelectMany(stage => Unused(file, stage)));
    }

    static IEnumerable<Remark> Unused(ReviewedFile file, BuildStage stage)
    {
        if (file.Plan.Stages.Any(other => ReferenceEquals(other.Base, stage)))
            yield break;
        // From the end: what is used below, and whether a RUN is.
        var (used, unused) = (new HashSet<string>(StringComparer.Ordinal), new List<Remark>());
        foreach (var step in stage.Steps.Reverse().TakeWhile(step => step is not RunStep && step is not OnBuildStep))
        {
            if (step is ArgStep arg)
                unused.AddRange(arg.Values.Where(one => !used.Contains(one.Name.Text))
                    .Select(one => Remark.At(one.Name, $"nothing below uses {one.Name}")));
            used.UnionWith(VariableUse.NamesIn(step.Source));
        }
        foreach (var remark in unused)
            yield return remark;
    }
}
