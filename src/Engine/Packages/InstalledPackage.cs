namespace Plimsoll.Engine.Packages;

/// <summary>A package as its database names it.</summary>
/// <param name="Type">The purl type: <c>deb</c>, <c>apk</c>.</param>
/// <param name="Architecture">As the ecosystem writes it; null where it has none.</param>
/// <param name="Source">The source package that it was built from; null where it is the package itself.</param>
/// <param name="Licences">As the ecosystem writes them; empty where it does not say.</param>
internal sealed record InstalledPackage(
    string Type, string Name, string Version, string? Architecture, SourcePackage? Source, IReadOnlyList<string> Licences);

/// <summary>The source package of a binary package.</summary>
/// <param name="Version">Null where the database gives none.</param>
public sealed record SourcePackage(string Name, string? Version);
