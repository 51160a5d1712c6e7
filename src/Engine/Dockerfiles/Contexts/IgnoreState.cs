namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>
/// What the patterns say of a path. It follows from what they say of the folder that it is in: what matches a folder matches all in it.
/// </summary>
public sealed class IgnoreState
{
    readonly IgnoreFile _file;
    readonly bool[] _matched;

    IgnoreState(IgnoreFile file, bool[] matched, bool isIgnored) => (_file, _matched, IsIgnored) = (file, matched, isIgnored);

    public bool IsIgnored { get; }

    /// <summary>The pattern that decided; null where none did.</summary>
    public IgnorePattern? Decided { get; private init; }

    /// <summary>Whether nothing under a folder of this state can be taken after all.</summary>
    public bool IsWhole => IsIgnored && !_file.HasExceptions;

    /// <summary>Of the context's root.</summary>
    public static IgnoreState Root(IgnoreFile file) => new(file, new bool[file.Patterns.Count], isIgnored: false);

    /// <param name="path">Of a member of the folder that this is the state of, from the context's root.</param>
    public IgnoreState Of(string path)
    {
        var (matched, isIgnored) = (new bool[_matched.Length], false);
        IgnorePattern? decided = null;
        for (var i = 0; i < matched.Length; i++)
        {
            var pattern = _file.Patterns[i];
            // One that would change nothing is not asked, and then it does not match the members of this path either.
            if (!_matched[i] && pattern.IsException != isIgnored)
                continue;
            matched[i] = _matched[i] || pattern.Matches(path);
            if (!matched[i])
                continue;
            if (isIgnored == pattern.IsException)
                decided = pattern;
            isIgnored = !pattern.IsException;
        }
        return new(_file, matched, isIgnored) { Decided = decided };
    }
}
