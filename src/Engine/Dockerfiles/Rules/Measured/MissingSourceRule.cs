using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Measured;

internal sealed class MissingSourceRule : IMeasuredRule
{
    public RuleInfo Info { get; } = new("missing-source", Severity.Medium,
        "A file that is to be copied is not in the context", "Name what is there, from the root of the context.", null);

    public IEnumerable<Remark>? Run(BuildPlan plan, Surroundings around) => around.Context?.Missing.Select(missing => missing.IsIgnored
        ? Remark.At(missing.Source, $"the ignore file takes {missing.Source} out, and the build fails here")
            with { Remedy = $"Take it back behind the line that ignores it: !{missing.Source.Text.TrimStart('.', '/')}" }
        : Remark.At(missing.Source, $"the context has no {missing.Source}, and the build fails here"));
}
