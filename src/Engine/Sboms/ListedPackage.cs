using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Sboms;

/// <summary>A package as a document lists it.</summary>
/// <param name="Names">What may be its name in its ecosystem, the likeliest first.</param>
internal sealed record ListedPackage(PurlParts Purl, IReadOnlyList<string> Names, string? Version)
{
    /// <summary>Null where the document has no member for it, or says nothing; then the package URL may.</summary>
    public SourcePackage? Source { get; init; }

    public string? OwnedBy { get; init; }

    public int Layer { get; init; }

    public IReadOnlyList<string> Locations { get; init; } = [];

    public IReadOnlyList<string> Licences { get; init; } = [];

    /// <summary>Longer than any package's: what names it is repeated for each of its vulnerabilities.</summary>
    public bool IsOverlong => Names.Append(Purl.Whole).Append(Version ?? "").Append(Source?.Name ?? "").Append(Source?.Version ?? "").Any(text => text.Length > Longest);

    /// <summary>Characters.</summary>
    const int Longest = 4096;

    /// <param name="document">Its place where it names none.</param>
    public PackageReport Report(string document)
    {
        var version = Purl.VersionOf(Version);
        return new PackageReport(Purl.Type, Purl.NameOf(Names), version, Purl.Reported(), Source ?? Purl.SourceOf(version), Layer, Locations.Count > 0 ? Locations : [document], Licences, OwnedBy, null);
    }
}
