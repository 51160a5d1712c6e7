namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// The coordinates that a path in a repository of jars tells: Maven's layout <c>org/example/name/1.2/name-1.2.jar</c>
/// (maven.apache.org/repositories/layout.html), and that of Gradle's cache, <c>files-2.1/org.example/name/1.2/hash/name-1.2.jar</c>.
/// </summary>
internal static class RepositoryPath
{
    /// <summary>Folders that hold a repository: of Maven, of Debian, of Maven Central as coursier mirrors it, of Karaf.</summary>
    static readonly string[] Roots = ["repository", "maven-repo", "maven2", "system"];

    /// <summary>Null where the path is none of them.</summary>
    public static Coordinates? Of(string path)
    {
        var parts = path.Split('/');
        if (parts is [.., "files-2.1", var cached, var name, var of, _, _])
            return Coordinates.Of(cached, name, of);
        if (parts is not [.., var artifact, var version, var file] || !file.StartsWith($"{artifact}-{version}", StringComparison.Ordinal))
            return null;
        var root = parts.Length - 4;
        while (root >= 0 && !Roots.Contains(parts[root]))
            root--;
        return root < 0 ? null : Coordinates.Of(string.Join('.', parts, root + 1, parts.Length - 4 - root), artifact, version);
    }
}
