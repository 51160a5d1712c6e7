using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.Spdx;

/// <summary>The elements of a document: images, what they contain, and licences that are not on SPDX's list.</summary>
/// <param name="created">When the document was made, by its own word.</param>
internal sealed class SpdxDocument(Utf8JsonWriter json, string created)
{
    public const string Id = "SPDXRef-DOCUMENT";

    /// <summary>What SPDX says where nothing is known.</summary>
    public const string NoAssertion = "NOASSERTION";

    readonly SpdxIds _ids = new();
    readonly SpdxLicences _licences = new();
    readonly List<(string From, string Type, string To)> _relationships = [];

    public void Write(IReadOnlyList<ImageReport> images)
    {
        json.WriteObjects("packages", images.SelectMany(Packages), package => package());
        _licences.Write(json);
        json.WriteObjects("relationships", _relationships, one =>
        {
            json.WriteString("spdxElementId", one.From);
            json.WriteString("relationshipType", one.Type);
            json.WriteString("relatedSpdxElement", one.To);
        });
    }

    IEnumerable<Action> Packages(ImageReport image)
    {
        var container = _ids.Of("Image", SbomSubject.NameOf(image.Image), image.Image.Platform.ToString());
        _relationships.Add((Id, "DESCRIBES", container));
        yield return () => Image(image, container);
        if (image.Config.OperatingSystem is { } os)
            yield return () => System(os, Within(container, "OperatingSystem", os.Id, os.VersionId ?? ""));
        var vulnerabilities = (image.Vulnerabilities ?? []).ToLookup(one => (one.Package, one.Layer));
        foreach (var package in image.Packages.Where(SbomSubject.Holds))
            yield return () => Package(package, Within(container, "Package", package.Type, package.Name, package.Version), image.Layers, vulnerabilities[(package.Purl, package.Layer)]);
    }

    void Image(ImageReport image, string id)
    {
        var version = SbomSubject.VersionOf(image.Image);
        json.WritePackage(id, SbomSubject.NameOf(image.Image), version.Value, "CONTAINER");
        if (image.Image.ManifestDigest is { } manifest)
            json.WriteObjects("checksums", [manifest], digest =>
            {
                json.WriteString("algorithm", digest.Algorithm.ToUpperInvariant());
                json.WriteString("checksumValue", digest.Hex);
            });
        json.WriteString("sourceInfo", $"image configuration {image.Image.ConfigDigest} for {image.Image.Platform}"
            + (image.Image.Reference is { } reference ? $", read as {reference}" : ""));
        SpdxReference.Write(json, SbomSubject.UrlOf(image.Image) is { } url ? [SpdxReference.Purl(url)] : []);
    }

    void System(OsRelease os, string id)
    {
        json.WritePackage(id, os.Id, os.VersionId, "OPERATING_SYSTEM");
        json.WriteOptional("summary", os.Name);
    }

    // The licence that a package declares is known; nobody has concluded anything from its files.
    void Package(PackageReport package, string id, IReadOnlyList<LayerReport> layers, IEnumerable<VulnerabilityReport> vulnerabilities)
    {
        json.WritePackage(id, package.Name, package.Version, package.Type == "generic" ? "APPLICATION" : "LIBRARY");
        json.WriteString("licenseConcluded", NoAssertion);
        json.WriteString("licenseDeclared", _licences.Of(package) ?? NoAssertion);
        json.WriteString("sourceInfo", SpdxPackage.SourceOf(package, layers));
        SpdxReference.Write(json, [.. package.Purl.Length > 0 ? [SpdxReference.Purl(SbomPurl.Of(package))] : (SpdxReference[])[], .. vulnerabilities.Select(SpdxReference.Advisory)]);
        if (package.OwnedBy is { } owner)
            Owner(owner);
    }

    // For programs; sourceInfo is for people (SPDX 2.3, clause 12).
    void Owner(string owner) => json.WriteObjects("annotations", [owner], name =>
    {
        json.WriteString("annotationDate", created);
        json.WriteString("annotationType", "OTHER");
        json.WriteString("annotator", $"Tool: {Product.Name}-{Product.Version}");
        json.WriteString("comment", $"plimsoll:ownedBy={name}");
    });

    string Within(string container, params ReadOnlySpan<string> parts)
    {
        var id = _ids.Of(parts);
        _relationships.Add((container, "CONTAINS", id));
        return id;
    }
}
