using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine.Licences;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.CycloneDx;

/// <summary>The members of a component that is a package.</summary>
internal static class CycloneDxPackage
{
    public static void Write(Utf8JsonWriter json, PackageReport package, ImageReport image)
    {
        var (group, name) = NameOf(package);
        json.WriteOptional("group", group);
        json.WriteString("name", name);
        json.WriteOptional("version", package.Version);
        WriteLicences(json, DeclaredLicence.Of(package));
        json.WriteOptional("purl", SbomPurl.Of(package));
        json.WriteProperties(
        [
            ("layer", package.Layer.ToString(CultureInfo.InvariantCulture)),
            ("layerDiffId", image.Layers.ElementAtOrDefault(package.Layer)?.DiffId.Value),
            ("fromBase", image.Base?.Brought(package.Layer) is { } fromBase ? (fromBase ? "true" : "false") : null),
            ("sourceName", package.Source?.Name),
            ("sourceVersion", package.Source?.Version),
            ("ownedBy", package.OwnedBy),
        ]);
        if (package.Locations.Count == 0)
            return;
        json.WriteStartObject("evidence");
        json.WriteObjects("occurrences", package.Locations, location => json.WriteString("location", location));
        json.WriteEndObject();
    }

    // Where the ecosystem itself tells a group from a name.
    static (string? Group, string Name) NameOf(PackageReport package)
    {
        var at = package.Type switch
        {
            "maven" => package.Name.IndexOf(':', StringComparison.Ordinal),
            "npm" or "composer" => package.Name.IndexOf('/', StringComparison.Ordinal),
            _ => -1,
        };
        return at < 0 ? (null, package.Name) : (package.Name[..at], package.Name[(at + 1)..]);
    }

    // Either a list of identifiers and names, or one expression (bom-1.6.schema.json, licenseChoice). Licences that stand beside each other
    // all hold; a name cannot be part of an expression.
    static void WriteLicences(Utf8JsonWriter json, IReadOnlyList<DeclaredLicence> licences)
    {
        if (licences.Count == 0)
            return;
        var meanings = licences.Select(licence => licence.Meaning).OfType<LicenceExpression>().ToList();
        if (meanings.Count == licences.Count && !meanings.All(meaning => meaning.IsId))
            json.WriteObjects("licenses", [LicenceExpression.All(meanings)!], all =>
            {
                json.WriteString("expression", all.ToString());
                json.WriteString("acknowledgement", "declared");
            });
        else
            json.WriteObjects("licenses", licences, licence =>
            {
                json.WriteStartObject("license");
                json.WriteString(licence.Meaning is { IsId: true } ? "id" : "name", licence.Shown);
                json.WriteString("acknowledgement", "declared");
                json.WriteEndObject();
            });
    }
}
