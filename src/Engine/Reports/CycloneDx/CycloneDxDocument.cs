using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.CycloneDx;

/// <summary>The components of a document, in the order in which they are written, and what of them depends on what.</summary>
internal sealed class CycloneDxDocument(Utf8JsonWriter json)
{
    readonly UniqueNames _references = new('#');
    readonly List<(string Reference, List<string> Contents)> _dependencies = [];
    readonly Dictionary<(ImageReport, string Purl, int Layer), string> _packages = [];

    /// <summary>The members of the component that several images make up together.</summary>
    public void Assembly(Report report)
    {
        Start("container", "images");
        json.WriteString("name", SbomSubject.NameOf(report));
    }

    /// <summary>The members of the component that an image is.</summary>
    public void Subject(ImageReport image)
    {
        var url = SbomSubject.UrlOf(image.Image);
        Start("container", url ?? $"image:{SbomSubject.VersionOf(image.Image)}");
        json.WriteString("name", SbomSubject.NameOf(image.Image));
        json.WriteString("version", SbomSubject.VersionOf(image.Image).Value);
        json.WriteOptional("purl", url);
        json.WriteProperties(
        [
            ("reference", image.Image.Reference),
            ("configDigest", image.Image.ConfigDigest.Value),
            ("platform", image.Image.Platform.ToString()),
            ("size", Number(image.Image.Size)),
            ("baseName", image.Base?.Name),
            ("baseDigest", image.Base?.Digest?.Value),
            ("baseLayers", image.Base?.Layers is { } layers ? Number(layers) : null),
            .. image.Layers.Select(layer => ("layerDiffId", (string?)layer.DiffId.Value)),
            ("packagesRemoved", Number(image.Packages.Count(package => !SbomSubject.Holds(package)))),
            .. image.Notes.Select(note => ("note", (string?)note)),
        ]);
    }

    /// <summary>The operating system and the packages of the image that was written last.</summary>
    public void Contents(ImageReport image) => json.WriteObjects("components", Parts(image), part => part());

    /// <summary>An image needs all that is in it. What its packages need of each other is not known, and so they have no entry.</summary>
    public void Dependencies() => json.WriteObjects("dependencies", _dependencies, dependency =>
    {
        json.WriteString("ref", dependency.Reference);
        json.WriteStrings("dependsOn", dependency.Contents);
    });

    /// <summary>Each problem once, or once for each analysis of it, with the components that have it. Nothing where the packages were not compared with advisories: an empty list would say that there are none.</summary>
    public void Vulnerabilities(IReadOnlyList<ImageReport> images)
    {
        if (images.All(image => image.Vulnerabilities is null))
            return;
        var found = images.SelectMany(image => (image.Vulnerabilities ?? []).Select(one => (Found: one, Reference: _packages.GetValueOrDefault((image, one.Package, one.Layer)))))
            // What is stated of one package is not stated of another.
            .GroupBy(pair => (pair.Found.Id, Stated: pair.Found.Vex?.Sentence)).OrderBy(problem => problem.Key.Id, StringComparer.Ordinal).ThenBy(problem => problem.Key.Stated, StringComparer.Ordinal);
        json.WriteObjects("vulnerabilities", found, problem => CycloneDxVulnerability.Write(json, [.. problem.Select(pair => pair.Found)], [.. problem.Select(pair => pair.Reference).OfType<string>().Distinct(StringComparer.Ordinal)]));
    }

    IEnumerable<Action> Parts(ImageReport image)
    {
        if (image.Config.OperatingSystem is { } os)
            yield return () => System(os);
        foreach (var package in image.Packages.Where(SbomSubject.Holds))
            yield return () => _packages.TryAdd((image, package.Purl, package.Layer), Package(package, image));
    }

    void System(OsRelease os)
    {
        Within("operating-system", $"os:{os.Id}{(os.VersionId is null ? "" : $"@{os.VersionId}")}");
        json.WriteString("name", os.Id);
        json.WriteOptional("version", os.VersionId);
        json.WriteOptional("description", os.Name);
    }

    // A well-known program without a package is an application; of a package nobody can tell from outside which it is.
    string Package(PackageReport package, ImageReport image)
    {
        var reference = Within(package.Type == "generic" ? "application" : "library", package.Purl);
        CycloneDxPackage.Write(json, package, image);
        return reference;
    }

    void Start(string type, string wanted)
    {
        var reference = Component(type, wanted);
        if (_dependencies is [var assembly, ..])
            assembly.Contents.Add(reference);
        _dependencies.Add((reference, []));
    }

    string Within(string type, string wanted)
    {
        var reference = Component(type, wanted);
        _dependencies[^1].Contents.Add(reference);
        return reference;
    }

    string Component(string type, string wanted)
    {
        var reference = _references.Of(wanted);
        json.WriteString("type", type);
        json.WriteString("bom-ref", reference);
        return reference;
    }

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
