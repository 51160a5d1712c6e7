using System.Text.Json;
using System.Text.Json.Nodes;

namespace Plimsoll.Engine.Reports.Sarif;

/// <summary>
/// Findings and secrets as SARIF 2.1.0 (OASIS, "Static Analysis Results Interchange Format", errata 01), in the shape that GitHub code
/// scanning takes. A run for each image, and one more that failed when images could not be inspected. It holds no moment of its own: the
/// same report gives the same bytes.
/// </summary>
public static class SarifFormat
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    public static void Write(Report report, Stream output)
    {
        var names = RunNames.Of(report.Images);
        var runs = report.Images.Select((image, i) => (JsonNode)SarifRun.Of(image, names[i]));
        if (report.Failures.Count > 0)
            runs = runs.Append(SarifRun.Of(report.Failures));
        var log = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray([.. runs]),
        };
        using (var json = new Utf8JsonWriter(output, Indented))
            log.WriteTo(json);
        output.WriteByte((byte)'\n');
    }
}
