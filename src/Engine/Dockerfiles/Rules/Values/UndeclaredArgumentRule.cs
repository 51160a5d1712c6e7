using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Values;

internal sealed class UndeclaredArgumentRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("undeclared-argument", Severity.Medium,
        "A variable is used in a stage that does not know it", "Write ARG with its name in the stage, above its use.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var known = file.Plan.Before.SelectMany(arg => arg.Values).Select(one => one.Name.Text)
            .Concat(AutomaticArguments.Names).ToHashSet(StringComparer.Ordinal);
        var bases = new Dictionary<BuildStage, string>(ReferenceEqualityComparer.Instance);
        var declared = new Dictionary<BuildStage, HashSet<string>>(ReferenceEqualityComparer.Instance);
        foreach (var stage in file.Plan.Stages)
        {
            var here = new HashSet<string>(stage.Base is { } on ? declared[on] : [], StringComparer.Ordinal);
            bases[stage] = stage.Image ?? bases[stage.Base!];
            var later = stage.Steps.OfType<ArgStep>().SelectMany(arg => arg.Values).Select(one => one.Name.Text).ToHashSet(StringComparer.Ordinal);
            foreach (var step in stage.Steps)
            {
                foreach (var (word, use) in Uses(step))
                    if (!use.HasDefault && !here.Contains(use.Name)
                        && (known.Contains(use.Name) || later.Contains(use.Name)) && !IsOfBase(bases[stage], use.Name))
                        yield return Remark.At(word.Slice(use.At, use.Length), later.Contains(use.Name)
                            ? $"{use.Name} is declared below, and is empty here" : $"no ARG of this stage names {use.Name}, and it is empty here");
                here.UnionWith(Declared(step).Select(one => one.Name.Text));
            }
            declared[stage] = here;
        }
    }

    static IEnumerable<(PlacedText Word, VariableUse Use)> Uses(BuildStep step) =>
        SubstitutedWords.Of(step).SelectMany(word => VariableUse.In(word.Text).Select(use => (word, use)));

    static IReadOnlyList<NamedValue> Declared(BuildStep step) => step switch { ArgStep arg => arg.Values, EnvStep env => env.Values, _ => [] };

    // The image node sets NODE_VERSION itself.
    static bool IsOfBase(string image, string name) => name.EndsWith("_VERSION", StringComparison.Ordinal)
        && image.Replace("-", "_", StringComparison.Ordinal).Contains(name[..^"_VERSION".Length], StringComparison.OrdinalIgnoreCase);
}
