using System.Text.Json;
using Plimsoll.Engine.Licences;
using Plimsoll.Engine.Reports.Sbom;

namespace Plimsoll.Engine.Reports.Spdx;

/// <summary>
/// A report as an SPDX 2.3 document in JSON (ISO/IEC 5962 and its update; spdx-schema.json): each image is a package that contains the
/// packages it has. The document describes the images.
/// </summary>
public static class SpdxFormat
{
    /// <summary>SPDX wants a moment of creation. An image that names none gets this one: the clock would make two documents of it.</summary>
    const string NotKnown = "1970-01-01T00:00:00Z";

    /// <summary>Writes UTF-8 with a newline at the end, piece by piece. The same report gives the same bytes.</summary>
    public static void Write(Report report, Stream output) => SbomJson.Write(output, json =>
    {
        json.WriteString("spdxVersion", "SPDX-2.3");
        json.WriteString("dataLicense", "CC0-1.0");
        json.WriteString("SPDXID", SpdxDocument.Id);
        json.WriteString("name", SbomSubject.NameOf(report));
        // The place for documents whose author has no site of his own (SPDX 2.3, 6.5.2).
        json.WriteString("documentNamespace", $"https://spdx.org/spdxdocs/plimsoll-{SbomSubject.IdOf("SPDX", report)}");
        CreationInfo(report, json);
        json.WriteOptional("comment", string.Join('\n', Remarks(report)));
        new SpdxDocument(json, CreatedOf(report)).Write(report.Images);
    });

    static void CreationInfo(Report report, Utf8JsonWriter json)
    {
        json.WriteStartObject("creationInfo");
        json.WriteString("created", CreatedOf(report));
        json.WriteStrings("creators", [$"Tool: {Product.Name}-{Product.Version}"]);
        json.WriteString("licenseListVersion", SpdxList.Version);
        json.WriteEndObject();
    }

    static string CreatedOf(Report report) => SbomSubject.CreatedOf(report) is { } created ? SbomSubject.Show(created) : NotKnown;

    // What a reader must know who takes the list for complete.
    static IEnumerable<string> Remarks(Report report) =>
        report.Failures.Select(failure => $"{failure.Image}: {failure.Reason}").Concat(report.Images.SelectMany(image => image.Notes));
}
