using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.Spdx;

/// <summary>The members of a package (SPDX 2.3, clause 7).</summary>
internal static class SpdxPackage
{
    /// <summary>What every package has. Its files are not listed, and where it was downloaded from no image can say.</summary>
    public static void WritePackage(this Utf8JsonWriter json, string id, string name, string? version, string purpose)
    {
        json.WriteString("SPDXID", id);
        json.WriteString("name", name);
        json.WriteOptional("versionInfo", version);
        json.WriteString("primaryPackagePurpose", purpose);
        json.WriteString("supplier", SpdxDocument.NoAssertion);
        json.WriteString("downloadLocation", SpdxDocument.NoAssertion);
        json.WriteBoolean("filesAnalyzed", false);
    }

    /// <summary>How the package came into the image, in words: its source package, its evidence, its layer and its owner.</summary>
    public static string SourceOf(PackageReport package, IReadOnlyList<LayerReport> layers)
    {
        var source = new StringBuilder();
        if (package.Source is { } origin)
            source.Append($"built from {origin.Name} {origin.Version}".TrimEnd()).Append("; ");
        source.Append("found in ").AppendJoin(", ", package.Locations);
        source.Append("; since layer ").Append(package.Layer);
        if (layers.ElementAtOrDefault(package.Layer) is { } layer)
            source.Append(" (").Append(layer.DiffId).Append(')');
        if (package.OwnedBy is { } owner)
            source.Append("; brought by the package ").Append(owner);
        return source.ToString();
    }
}
