namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Paths of an image, each with all that is below it.</summary>
internal sealed class PathSet
{
    /// <summary>Folders inside of one another that are looked at.</summary>
    const int Deepest = 64;

    readonly HashSet<string> _paths = new(StringComparer.Ordinal), _above = new(StringComparer.Ordinal);

    public void Add(string path)
    {
        _paths.Add(path);
        foreach (var folder in Above(path))
            _above.Add(folder);
    }

    /// <summary>Whether the path is one of them, or below one.</summary>
    public bool Has(string path) => _paths.Contains(path) || Above(path).Any(_paths.Contains);

    /// <summary>Whether one of them is below the path.</summary>
    public bool IsAbove(string path) => _above.Contains(path);

    static IEnumerable<string> Above(string path)
    {
        var (at, depth) = (path.Length, 0);
        while (at > 0 && depth++ < Deepest && (at = path.LastIndexOf('/', at - 1)) > 0)
            yield return path[..at];
    }
}
