namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <summary>Variables that the FROMs of a file need and that have no value where none is given to the build.</summary>
internal sealed class UnsetVariables(ReviewedFile file)
{
    readonly HashSet<string> _known = file.Plan.Before.SelectMany(arg => arg.Values).Where(one => one.Value is { Length: > 0 })
        .Select(one => one.Name.Text).Concat(AutomaticArguments.Names).ToHashSet(StringComparer.Ordinal);

    public IEnumerable<VariableUse> In(string image) => VariableUse.In(image).Where(use => !use.HasDefault && !_known.Contains(use.Name));
}
