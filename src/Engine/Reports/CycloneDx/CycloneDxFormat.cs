using System.Text.Json;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.CycloneDx;

/// <summary>
/// A report as a CycloneDX 1.6 document (ECMA-424, bom-1.6.schema.json): the packages that the image has, each with its licences and
/// where it was found. Its subject is the image; of several images it is their assembly, and each image is a component with components
/// of its own.
/// </summary>
public static class CycloneDxFormat
{
    /// <summary>Writes UTF-8 with a newline at the end, piece by piece. The same report gives the same bytes.</summary>
    public static void Write(Report report, Stream output) => SbomJson.Write(output, json =>
    {
        var document = new CycloneDxDocument(json);
        json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteString("serialNumber", $"urn:uuid:{SbomSubject.IdOf("CycloneDX", report)}");
        json.WriteNumber("version", 1);
        if (report.Images is [var image])
        {
            Metadata(report, json, () => document.Subject(image));
            document.Contents(image);
        }
        else
        {
            Metadata(report, json, () => document.Assembly(report));
            json.WriteObjects("components", report.Images, one =>
            {
                document.Subject(one);
                document.Contents(one);
            });
        }
        document.Dependencies();
        document.Vulnerabilities(report.Images);
    });

    static void Metadata(Report report, Utf8JsonWriter json, Action subject)
    {
        json.WriteStartObject("metadata");
        if (SbomSubject.CreatedOf(report) is { } created)
            json.WriteString("timestamp", SbomSubject.Show(created));
        json.WriteStartObject("tools");
        json.WriteObjects("components", [Product.Version], version =>
        {
            json.WriteString("type", "application");
            json.WriteString("name", Product.Name);
            json.WriteString("version", version);
        });
        json.WriteEndObject();
        json.WriteStartObject("component");
        subject();
        json.WriteEndObject();
        json.WriteProperties(report.Failures.Select(failure => ("failure", (string?)$"{failure.Image}: {failure.Reason}")));
        json.WriteEndObject();
    }
}
