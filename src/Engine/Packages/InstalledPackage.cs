namespace Plimsoll.Engine.Packages;

/// <summary>A package as its evidence names it.</summary>
/// <param name="Type">The purl type: <c>deb</c>, <c>rpm</c>, <c>npm</c>, <c>golang</c>.</param>
/// <param name="Name">The whole name in the ecosystem's own form: <c>@scope/name</c>, <c>group:artifact</c>, <c>github.com/owner/module</c>.</param>
/// <param name="Version">As the ecosystem writes it; an rpm's has its epoch in front where it has one: <c>1:2.3-4.el9</c>.</param>
internal sealed record InstalledPackage(string Type, string Name, string Version)
{
    /// <summary>As the ecosystem writes it; null where it has none.</summary>
    public string? Architecture { get; init; }

    /// <summary>The source package that it was built from; null where it is the package itself.</summary>
    public SourcePackage? Source { get; init; }

    /// <summary>As the ecosystem writes them; empty where it does not say.</summary>
    public IReadOnlyList<string> Licences { get; init; } = [];

    /// <summary>Purl qualifiers of its own beside those that follow from the rest.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Qualifiers { get; init; } = [];

    /// <summary>Where in the file, when the file is an archive: <c>BOOT-INF/lib/x.jar</c>; parts of nested archives are joined by <c>!/</c>. Null for the file itself.</summary>
    public string? Inside { get; init; }

    /// <summary>About how many bytes of memory it takes.</summary>
    public long Weight => 128 + TextWeight.Of(Name) + TextWeight.Of(Version) + TextWeight.Of(Architecture) + TextWeight.Of(Source?.Name) + TextWeight.Of(Source?.Version)
        + TextWeight.Of(Licences) + Qualifiers.Sum(pair => TextWeight.Of(pair.Value)) + TextWeight.Of(Inside);
}

/// <summary>The source package of a binary package.</summary>
/// <param name="Version">Null where the database gives none.</param>
public sealed record SourcePackage(string Name, string? Version);
