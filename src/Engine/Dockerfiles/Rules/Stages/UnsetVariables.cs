namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <summary>Variables that a FROM needs and that have no value where none is given to the build.</summary>
internal static class UnsetVariables
{
    public static IEnumerable<VariableUse> Of(ReviewedFile file, PlacedText image)
    {
        var known = file.Plan.Before.SelectMany(arg => arg.Values).Where(one => one.Value is { Length: > 0 })
            .Select(one => one.Name.Text).Concat(AutomaticArguments.Names).ToHashSet(StringComparer.Ordinal);
        return VariableUse.In(image.Text).Where(use => !use.HasDefault && !known.Contains(use.Name));
    }
}
