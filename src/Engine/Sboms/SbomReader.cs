using System.Text.Json;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Sboms;

/// <summary>
/// The packages of an SBOM as a report, to be held against advisories: CycloneDX (ECMA-424) and SPDX 2 in JSON. Whoever wrote it is believed in
/// what there is, and in nothing else. Layers, files, checks and secrets are not in such a document, so that the report has none.
/// </summary>
public static class SbomReader
{
    /// <summary>Bytes; one of 10,000 packages has ten million.</summary>
    public const int MostBytes = 128 << 20;

    static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>Reads a document to its end. What cannot be read is a failure in the report; only broken I/O and cancellation are thrown.</summary>
    /// <param name="name">What the document is called, to be told where a package says nothing of its place.</param>
    public static async Task<Report> Read(Stream input, string name, CancellationToken ct)
    {
        var bytes = new MemoryStream();
        var piece = new byte[1 << 16];
        for (int read; (read = await input.ReadAsync(piece, ct)) > 0;)
        {
            if (bytes.Length + read > MostBytes)
                return Failed(name, $"it has more than {Bytes.Show(MostBytes)}", null);
            bytes.Write(piece, 0, read);
        }
        return Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), name);
    }

    static Report Read(ReadOnlyMemory<byte> json, string name)
    {
        const string Wanted = "give a CycloneDX or SPDX 2 document in JSON";
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Options);
            var digest = Digest.Of(json.Span);
            return document.RootElement switch
            {
                var root when root.Text("bomFormat") == "CycloneDX" => Of([.. CycloneDxReader.Images(root)], $"CycloneDX {root.Text("specVersion")}", name, digest),
                var root when root.Text("spdxVersion")?.StartsWith("SPDX-2.", StringComparison.Ordinal) is true => Of([.. SpdxReader.Images(root)], root.Text("spdxVersion")!, name, digest),
                _ => Failed(name, "it is neither a CycloneDX nor an SPDX 2 document", Wanted),
            };
        }
        catch (JsonException e)
        {
            return Failed(name, $"it is not JSON (line {e.LineNumber + 1})", Wanted);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair in the name of a member.
            return Failed(name, "a name in it is no text", Wanted);
        }
    }

    static Report Of(IReadOnlyList<ListedImage> images, string format, string name, Digest document) =>
        images.Any(image => image.Packages.Count > 0) || images.All(image => image.Omitted == 0) ? new Report([.. images.Select(image => image.Report(format, name, document))], [])
            : Failed(name, "none of its packages has a package URL, by which it would be known", "have it made with package URLs (purl)");

    static Report Failed(string name, string reason, string? remedy) => new([], [new Failure(name, reason, remedy)]);
}
