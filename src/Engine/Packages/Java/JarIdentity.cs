namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// What an archive is by its manifest and its name, where no build has written its coordinates into it. Its group is then a guess;
/// <c>docs/packages/java.md</c> has the order, and how often it is right.
/// </summary>
internal static class JarIdentity
{
    /// <param name="package">That all its classes are in; null where they are in several.</param>
    /// <returns>Null for an archive that has no name and version of its own, such as <c>app.jar</c> without a telling manifest.</returns>
    public static Coordinates? Of(string path, Manifest manifest, string? package)
    {
        if (manifest.IsOfRuntime || path.EndsWith("-sources.jar", StringComparison.Ordinal) || path.EndsWith("-javadoc.jar", StringComparison.Ordinal))
            return null;
        if (RepositoryPath.Of(path) is { } known)
            return known;
        var (artifact, version) = ArtifactOf(JarName.Of(path, manifest.Versions), manifest);
        return artifact is null ? null : Coordinates.Of(GroupOf(artifact, version!, manifest, package), artifact, version);
    }

    /// <summary>Whether an archive is the artifact itself, and has not only taken its classes in.</summary>
    public static bool Is(Coordinates artifact, string path, Manifest manifest)
    {
        var name = JarName.Of(path, manifest.Versions);
        return SymbolicName.Plain(name.Name) == SymbolicName.Plain(artifact.Artifact) || name.Version == artifact.Version || Confirms(manifest, artifact.Artifact);
    }

    static (string? Artifact, string? Version) ArtifactOf(JarName name, Manifest manifest)
    {
        var versions = manifest.Versions.ToList();
        // A name with a version is an artifact's own, unless the manifest has another version: then somebody has renamed the file.
        if (name.Version is not null && (versions.Count == 0 || versions.Exists(name.AgreesWith)))
            return (name.Name, name.Version);
        if (versions.Count == 0)
            return (null, null);
        return (Confirms(manifest, name.Name) ? name.Name : manifest.Titles.FirstOrDefault() ?? manifest.Symbols.FirstOrDefault(), versions[0]);
    }

    static bool Confirms(Manifest manifest, string artifact)
    {
        var plain = SymbolicName.Plain(artifact);
        return manifest.Titles.Any(title => SymbolicName.Plain(title) == plain)
            || manifest.Symbols.Any(symbol => SymbolicName.Plain(symbol).EndsWith(plain, StringComparison.Ordinal));
    }

    static string GroupOf(string artifact, string version, Manifest manifest, string? package) =>
        manifest["Group-Id"] is { } own && Coordinates.IsId(own) ? own
        : KnownGroups.Of(artifact, version)
            ?? manifest.Symbols.Append(package).Where(Coordinates.IsId).Select(symbol => SymbolicName.GroupIn(symbol!, artifact)).FirstOrDefault(group => group is not null)
            ?? (manifest["Implementation-Vendor-Id"] is { } vendor && Coordinates.IsId(vendor) ? vendor : artifact);
}
