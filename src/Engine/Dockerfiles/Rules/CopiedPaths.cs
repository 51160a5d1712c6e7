using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>What a COPY makes in the image.</summary>
internal static class CopiedPaths
{
    // What is copied into one of these is a file among those of others.
    static readonly HashSet<string> Shared = new(StringComparer.Ordinal)
    {
        "/", "/bin", "/etc", "/home", "/lib", "/mnt", "/opt", "/root", "/sbin", "/srv", "/tmp",
        "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/lib", "/usr/local/sbin",
        "/usr/local/share", "/usr/sbin", "/usr/share", "/var", "/var/lib",
    };

    /// <summary>Paths from the root; none where they are not known.</summary>
    public static IEnumerable<string> Of(CopyStep copy, WorkingFolder folder)
    {
        if (folder.Of(copy.Destination.Text) is not { } destination)
            yield break;
        var isFolder = copy.Sources.Count > 1 || copy.Destination.Text.EndsWith('/')
            || copy.Destination.Text is "." or ".." || Shared.Contains(destination);
        foreach (var source in copy.Sources)
            if (IsWhole(source.Text) || source.Text.EndsWith('/'))
            {
                if (!Shared.Contains(destination))
                    yield return destination;
            }
            else if (!isFolder)
                yield return destination;
            else if (!source.Text.AsSpan().ContainsAny("$*?["))
                yield return $"{destination.TrimEnd('/')}/{RunCall.NameOf(source.Text.TrimEnd('/'))}";
    }

    /// <summary>Whether a COPY takes all of the context.</summary>
    public static bool IsWholeContext(BuildStep step) => step is CopyStep { From: null } copy && copy.Sources.Any(source => IsWhole(source.Text));

    static bool IsWhole(string source) => source is "." or "./" or "/" or "*" or "./*" or "./.";
}
