using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Sboms;

/// <summary>What a CycloneDX document lists (bom-1.6.schema.json; earlier versions name the same). Properties of Plimsoll and of trivy are known.</summary>
internal static class CycloneDxReader
{
    /// <summary>One for each container that has components of its own, and one for all the rest.</summary>
    public static IEnumerable<ListedImage> Images(JsonElement root)
    {
        var all = root.Objects("components").ToLookup(component => component.Text("type") == "container" && component.Objects("components").Any());
        foreach (var image in all[true])
            yield return Image(image, image.Objects("components"));
        if (all[false].Any() || !all[true].Any())
            yield return Image(root.Part("metadata")?.Part("component") ?? default, all[false]);
    }

    static ListedImage Image(JsonElement subject, IEnumerable<JsonElement> components)
    {
        var own = Properties(subject);
        var (os, listed, omitted) = ((OsRelease?)null, new List<ListedPackage>(), 0);
        foreach (var component in components.SelectMany(WithAllInside))
            if (component.Text("type") == "operating-system")
                os ??= component.Text("name") is { } id ? new OsRelease(ListedImage.OsId(id), component.Text("version"), component.Text("description") ?? id) : null;
            else if (component.Text("purl") is { } purl && PurlParts.Of(purl) is { } parts)
                listed.Add(Package(component, parts));
            else if (component.Text("type") is "library" or "application" or "framework")
                omitted++;
        var packages = listed.FindAll(package => !package.IsOverlong);
        omitted += listed.Count - packages.Count;
        return new ListedImage(own.GetValueOrDefault("plimsoll:reference") ?? subject.Text("name"), os, packages, omitted)
        {
            ManifestDigest = Digest.TryParse(subject.Text("version")), ConfigDigest = Digest.TryParse(own.GetValueOrDefault("plimsoll:configDigest")),
            Platform = Platform.TryParse(own.GetValueOrDefault("plimsoll:platform"), null, out var platform) ? platform : null,
        };
    }

    // The reader of JSON has refused a document in which they are too deep.
    static IEnumerable<JsonElement> WithAllInside(JsonElement component) => component.Objects("components").SelectMany(WithAllInside).Prepend(component);

    static ListedPackage Package(JsonElement component, PurlParts purl)
    {
        var (name, group, own) = (component.Text("name") ?? "", component.Text("group"), Properties(component));
        return new ListedPackage(purl, group is { Length: > 0 } ? [$"{group}/{name}", $"{group}:{name}", name] : [name], component.Text("version"))
        {
            Source = Source(own, purl.Type), OwnedBy = own.GetValueOrDefault("plimsoll:ownedBy"),
            Layer = int.TryParse(own.GetValueOrDefault("plimsoll:layer"), NumberStyles.None, CultureInfo.InvariantCulture, out var layer) ? layer : 0,
            Locations = [.. (component.Part("evidence")?.Objects("occurrences") ?? []).Select(one => one.Text("location")).OfType<string>()],
            Licences = [.. component.Objects("licenses").Select(one => one.Text("expression") ?? one.Part("license")?.Text("id") ?? one.Part("license")?.Text("name")).OfType<string>()],
        };
    }

    static SourcePackage? Source(Dictionary<string, string> own, string type)
    {
        if (own.GetValueOrDefault("plimsoll:sourceName") is { } name)
            return new SourcePackage(name, own.GetValueOrDefault("plimsoll:sourceVersion"));
        const string Trivy = "aquasecurity:trivy:Src";
        if (own.GetValueOrDefault($"{Trivy}Name") is not { } source || own.GetValueOrDefault($"{Trivy}Version") is not { } version)
            return null;
        // The epoch of an rpm is that of the packages built from it.
        var epoch = type != "rpm" && own.GetValueOrDefault($"{Trivy}Epoch") is { Length: > 0 } number ? $"{number}:" : "";
        return new SourcePackage(source, own.GetValueOrDefault($"{Trivy}Release") is { Length: > 0 } release ? $"{epoch}{version}-{release}" : $"{epoch}{version}");
    }

    static Dictionary<string, string> Properties(JsonElement of)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in of.Objects("properties"))
            if (property.Text("name") is { } name && property.Text("value") is { } value)
                known.TryAdd(name, value);
        return known;
    }
}
