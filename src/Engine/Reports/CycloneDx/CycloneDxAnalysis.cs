using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Engine.Reports.CycloneDx;

/// <summary>The analysis of a vulnerability (bom-1.6.schema.json, vulnerability.analysis): what is stated of it, in the words of CycloneDX.</summary>
internal static class CycloneDxAnalysis
{
    static readonly HashSet<string> Justifications = new(
        [
            "code_not_present", "code_not_reachable", "requires_configuration", "requires_dependency", "requires_environment", "protected_by_compiler", "protected_at_runtime",
            "protected_at_perimeter", "protected_by_mitigating_control",
        ], StringComparer.Ordinal);

    public static void Write(Utf8JsonWriter json, VexStatus status, VexReport vex)
    {
        json.WriteStartObject("analysis");
        json.WriteString("state", StateOf(status, vex.Justification));
        json.WriteOptional("justification", JustificationOf(vex.Justification));
        json.WriteOptional("detail", vex.Sentence);
        json.WriteOptional("lastUpdated", vex.At?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    static string StateOf(VexStatus status, string? justification) => status switch
    {
        VexStatus.NotAffected => justification == "false_positive" ? justification : "not_affected",
        VexStatus.Fixed => "resolved",
        VexStatus.UnderInvestigation => "in_triage",
        _ => "exploitable",
    };

    // What has no word there stands in the detail as it was stated.
    static string? JustificationOf(string? stated) => stated switch
    {
        null => null,
        "component_not_present" or "vulnerable_code_not_present" => "code_not_present",
        "vulnerable_code_not_in_execute_path" => "code_not_reachable",
        "inline_mitigations_already_exist" => "protected_by_mitigating_control",
        _ => Justifications.Contains(stated) ? stated : null,
    };
}
