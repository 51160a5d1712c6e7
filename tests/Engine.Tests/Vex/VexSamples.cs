using System.Text;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Engine.Tests.Vex;

/// <summary>Documents of the three formats, and a report that they are held against.</summary>
internal static class VexSamples
{
    public const string Package = "pkg:deb/debian/openssl@3.0.7?arch=amd64";
    public const string Present = "\"justification\": \"vulnerable_code_not_present\"";

    public static VexReading Read(string json) => VexReader.Read(Encoding.UTF8.GetBytes(json));

    public static VexDocument Document(string json)
    {
        var reading = Read(json);
        Assert.Null(reading.Refusal);
        return reading.Document!;
    }

    /// <summary>An OpenVEX document of these statements.</summary>
    public static string OpenVex(string statements, string id = "https://vex.example/1", int version = 1, string at = "2026-03-01T00:00:00Z") => $$"""
        { "@context": "https://openvex.dev/ns/v0.2.0", "@id": "{{id}}", "author": "team-a", "timestamp": "{{at}}", "version": {{version}}, "statements": [{{statements}}] }
        """;

    /// <summary>A statement of OpenVEX on CVE-2026-1.</summary>
    public static string Statement(string product = Package, string status = "not_affected", string more = Present, string vulnerability = "CVE-2026-1") =>
        $$"""{ "vulnerability": { "name": "{{vulnerability}}" }, "products": [{ "@id": "{{product}}" }], "status": "{{status}}"{{(more.Length > 0 ? $", {more}" : "")}} }""";

    /// <summary>What the documents say of one vulnerability.</summary>
    public static VexReport? Of(VulnerabilityReport one, params string[] documents) => Of(one, [], documents);

    /// <inheritdoc cref="Of(VulnerabilityReport, string[])"/>
    public static VexReport? Of(VulnerabilityReport one, string[] names, string[] documents, string? reference = null, Digest? manifest = null)
    {
        var report = SampleReport.With([one]);
        report = report with { Image = report.Image with { Reference = "somebody.example/else:1", ManifestDigest = manifest } };
        return VexLedger.Of(documents.Select(Document)).Apply(report, reference is null ? names : [.. names, reference]).Vulnerabilities![0].Vex;
    }

    /// <summary>What one OpenVEX statement with this product says of the vulnerability of the sample.</summary>
    public static VexReport? OfProduct(string product) => Of(SampleReport.Vulnerability(Severity.High), OpenVex(Statement(product)));
}
