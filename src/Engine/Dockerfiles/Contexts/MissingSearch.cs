using System.Buffers;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>Looks for the sources of the stages that are built.</summary>
internal sealed class MissingSearch(BuildContext context, string root)
{
    /// <summary>Sources that are looked for: the names of a folder are gone through for each.</summary>
    const int Most = 200;

    static readonly SearchValues<char> OfMore = SearchValues.Create("$*?[\\\"'");

    public IReadOnlyList<MissingSource> Of(BuildPlan plan)
    {
        // What could not be looked at may be there.
        if (!context.IsWhole)
            return [];
        var needed = plan.NeededFor(plan.Stages[^1]);
        return [.. plan.Stages.Where(needed.Contains).SelectMany(stage => stage.Steps)
            .OfType<CopyStep>().SelectMany(Paths).Take(Most).SelectMany(Of)];
    }

    // What a variable or a pattern names is not known, or may be nothing.
    static IEnumerable<PlacedText> Paths(CopyStep copy) =>
        (copy.From is null ? copy.Sources : [])
            .Where(source => !(copy.IsAdd && ContextUse.IsRemote(source.Text)) && !source.Text.AsSpan().ContainsAny(OfMore));

    IEnumerable<MissingSource> Of(PlacedText source)
    {
        var path = IgnoreFile.Clean($"/{source.Text}").TrimStart('/');
        if (path.Length > 0 && !IsGiven(path) && IsIgnored(path) is { } isIgnored)
            yield return new(source, isIgnored);
    }

    // A link on the way may lead anywhere in the context.
    bool IsGiven(string path)
    {
        var folder = context.Root;
        foreach (var name in path.Split('/'))
            if (folder.Files.Any(file => file.Name == name))
                return true;
            else if (folder.Folders.FirstOrDefault(inner => inner.Name == name) is { } inner)
                folder = inner;
            else
                return false;
        return true;
    }

    // Null where it is there and empty.
    bool? IsIgnored(string path)
    {
        if (!Path.Exists(Path.Combine(root, path)))
            return false;
        var state = IgnoreState.Root(context.Ignore);
        for (var end = path.IndexOf('/'); end >= 0; end = path.IndexOf('/', end + 1))
            state = state.Of(path[..end]);
        return state.Of(path).IsIgnored ? true : null;
    }
}
