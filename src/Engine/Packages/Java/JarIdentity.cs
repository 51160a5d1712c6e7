namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// What an archive is by its manifest and its name, where no build has written its coordinates into it. Such a group is a guess more often
/// than not; <c>docs/packages/java.md</c> has the order and how often it is right.
/// </summary>
internal static class JarIdentity
{
    /// <param name="package">That all its classes are in; null where they are in several.</param>
    /// <returns>Null for an archive that has no name and version of its own, such as <c>app.jar</c> without a telling manifest.</returns>
    public static Coordinates? Of(string path, Manifest manifest, string? package)
    {
        var name = JarName.Of(path, manifest.Versions);
        if (manifest.IsOfRuntime)
            return null;
        if (RepositoryPath.Of(path) is { } known)
            return known;
        var (artifact, version) = ArtifactOf(name, manifest);
        return artifact is null ? null : Coordinates.Of(GroupOf(artifact, version!, manifest, package), artifact, version);
    }

    /// <summary>Whether an archive is the artifact itself, and has not only taken its classes in.</summary>
    public static bool Is(Coordinates artifact, string path, Manifest manifest)
    {
        var name = JarName.Of(path, manifest.Versions);
        var plain = SymbolicName.Plain(artifact.Artifact);
        return plain == SymbolicName.Plain(name.Name) || name.Version == artifact.Version || manifest.Titles.Any(title => SymbolicName.Plain(title) == plain)
            || manifest.Symbols.Any(symbol => SymbolicName.Plain(symbol).EndsWith(plain, StringComparison.Ordinal));
    }

    static (string? Artifact, string? Version) ArtifactOf(JarName name, Manifest manifest)
    {
        var versions = manifest.Versions.ToList();
        // A name with a version is an artifact's own, unless the manifest has another version: then somebody has renamed the file.
        if (name.Version is not null && (versions.Count == 0 || versions.Exists(name.AgreesWith)))
            return (name.Name, name.Version);
        if (versions.Count == 0)
            return (null, null);
        var plain = SymbolicName.Plain(name.Name);
        var isConfirmed = manifest.Titles.Any(title => SymbolicName.Plain(title) == plain) || manifest.Symbols.Any(symbol => SymbolicName.Plain(symbol).EndsWith(plain, StringComparison.Ordinal));
        var artifact = isConfirmed ? name.Name : manifest.Titles.FirstOrDefault() ?? manifest.Symbols.FirstOrDefault();
        return (artifact, versions[0]);
    }

    static string GroupOf(string artifact, string version, Manifest manifest, string? package) =>
        manifest["Group-Id"] is { } own && Coordinates.IsId(own) ? own
        : KnownGroups.Of(artifact, version)
            ?? manifest.Symbols.Append(package).OfType<string>().Select(symbol => SymbolicName.GroupIn(symbol, artifact)).FirstOrDefault(group => group is not null)
            ?? (manifest["Implementation-Vendor-Id"] is { } vendor && Coordinates.IsId(vendor) ? vendor : artifact);
}
