using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.CycloneDx;

/// <summary>What CycloneDX has no member for: name and value under the prefix <c>plimsoll:</c>, described in <c>docs/formats.md</c>.</summary>
internal static class CycloneDxProperties
{
    /// <summary>Without those that have no value, and without the array where none has.</summary>
    public static void WriteProperties(this Utf8JsonWriter json, IEnumerable<(string Name, string? Value)> properties)
    {
        var known = properties.Where(property => property.Value is { Length: > 0 }).ToList();
        if (known.Count == 0)
            return;
        json.WriteObjects("properties", known, property =>
        {
            json.WriteString("name", $"plimsoll:{property.Name}");
            json.WriteString("value", property.Value);
        });
    }
}
