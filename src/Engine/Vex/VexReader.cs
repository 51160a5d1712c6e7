using System.Text.Json;

namespace Plimsoll.Engine.Vex;

/// <summary>
/// Reads a document of statements; its content tells the format. What a format does not name is ignored. A statement that breaks its format is left out and named, and the
/// others are used; what is none of the formats is refused.
/// </summary>
public static class VexReader
{
    // Of two members with one name, each reader may take another: what is stated would depend on who reads it.
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = VexLimits.Depth, AllowDuplicateProperties = false };

    /// <param name="json">UTF-8, with or without a byte order mark.</param>
    public static VexReading Read(ReadOnlyMemory<byte> json)
    {
        if (json.Length > VexLimits.Bytes)
            return new(null, $"it has more than {VexLimits.Bytes >> 20} MiB");
        try
        {
            using var document = JsonDocument.Parse(json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json, Strict);
            return Of(document.RootElement, json.Span);
        }
        catch (MalformedVexException e)
        {
            return new(null, e.Message);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The latter for names of members that are no text.
            return new(null, "it is not JSON, is cut short, names a member twice, or is nested too deeply");
        }
    }

    static VexReading Of(JsonElement root, ReadOnlySpan<byte> json)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw new MalformedVexException("it is not an object");
        var document = OpenVexReader.IsOne(root) ? OpenVexReader.Read(root)
            : CsafReader.IsOne(root) ? CsafReader.Read(root)
            : CycloneDxVexReader.IsOne(root) ? CycloneDxVexReader.Read(root, json)
            : throw new MalformedVexException("it is none of OpenVEX (@context), CSAF 2 (document.csaf_version) and CycloneDX 1.4 to 1.6 (bomFormat and specVersion)");
        return document.Statements.Count + document.UnusableCount > 0 ? new(document, null) : throw new MalformedVexException($"it is {document.Format} and states nothing of any vulnerability");
    }
}
