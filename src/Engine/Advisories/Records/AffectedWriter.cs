using System.Text.Json;

namespace Plimsoll.Engine.Advisories.Records;

/// <summary>Writes an entry of <c>affected</c>.</summary>
internal static class AffectedWriter
{
    public static void Write(Utf8JsonWriter json, AffectedPackage affected)
    {
        json.WriteStartObject();
        json.WriteStartObject("package"u8);
        json.WriteString("ecosystem"u8, affected.Ecosystem);
        json.WriteString("name"u8, affected.Name);
        json.WriteEndObject();
        AdvisoryWriter.Array(json, "ranges", affected.Ranges, Range);
        AdvisoryWriter.Texts(json, "versions", affected.Versions);
        var word = affected.Severities is [.., { Type: "urgency" or "severity" } last] ? last : null;
        AdvisoryWriter.Claims(json, affected.Severities, word);
        if (word is not null || affected.CustomRanges.Count + affected.Imports.Count > 0)
        {
            json.WriteStartObject("ecosystem_specific"u8);
            if (word is not null)
                json.WriteString(word.Type, word.Score);
            AdvisoryWriter.Array(json, "custom_ranges", affected.CustomRanges, Range);
            AdvisoryWriter.Array(json, "imports", affected.Imports, Import);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void Range(Utf8JsonWriter json, VersionRange range)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, range.Kind switch { RangeKind.SemVer => "SEMVER", RangeKind.Ecosystem => "ECOSYSTEM", RangeKind.Git => "GIT", _ => "OTHER" });
        AdvisoryWriter.Array(json, "events", range.Events, Event);
        json.WriteEndObject();
    }

    // The schema wants one in each object.
    static void Event(Utf8JsonWriter json, RangeEvent e)
    {
        json.WriteStartObject();
        json.WriteString(e.Kind switch { EventKind.Introduced => "introduced", EventKind.Fixed => "fixed", EventKind.LastAffected => "last_affected", _ => "limit" }, e.Version);
        json.WriteEndObject();
    }

    static void Import(Utf8JsonWriter json, string path)
    {
        json.WriteStartObject();
        json.WriteString("path"u8, path);
        json.WriteEndObject();
    }
}
