using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

internal sealed class SelfReferenceRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("self-reference", Severity.Medium,
        "An ENV uses a variable that it sets itself", "Set the first in an ENV of its own, above.", "DL3044");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var declared = new Dictionary<BuildStage, HashSet<string>>(ReferenceEqualityComparer.Instance);
        foreach (var stage in file.Plan.Stages)
        {
            var here = new HashSet<string>(stage.Base is { } on ? declared[on] : ["PATH", "HOME"], StringComparer.Ordinal);
            foreach (var step in stage.Steps)
            {
                if (step is EnvStep env)
                    foreach (var remark in Remarks(env, here))
                        yield return remark;
                here.UnionWith((step switch { EnvStep set => set.Values, ArgStep arg => arg.Values, _ => [] }).Select(one => one.Name.Text));
            }
            declared[stage] = here;
        }
    }

    static IEnumerable<Remark> Remarks(EnvStep env, HashSet<string> known)
    {
        var set = env.Values.Select(one => one.Name.Text).ToHashSet(StringComparer.Ordinal);
        return from one in env.Values
               from use in VariableUse.In(one.Value!.Text)
               where !use.HasDefault && use.Name != one.Name.Text && set.Contains(use.Name) && !known.Contains(use.Name)
               select Remark.At(one.Value!.Slice(use.At, use.Length),
                   $"{use.Name} is set by this very instruction, and has its old value here, or none");
    }
}
