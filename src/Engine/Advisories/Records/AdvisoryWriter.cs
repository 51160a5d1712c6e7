using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plimsoll.Engine.Advisories.Records;

/// <summary>
/// Writes what is kept of a record as an OSV record (OSV schema 1.x), which <see cref="AdvisoryReader"/> reads as the same again. A range of
/// commits is written without them: they were not kept.
/// </summary>
public static class AdvisoryWriter
{
    // No page has these texts in it, and other letters than ours need no escapes.
    static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>UTF-8, without a byte order mark.</summary>
    public static byte[] Write(Advisory advisory)
    {
        var bytes = new ArrayBufferWriter<byte>(1 << 12);
        using (var json = new Utf8JsonWriter(bytes, Plain))
            Write(json, advisory);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>RFC 3339 in UTC, with as many digits of a second as there are.</summary>
    internal static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    static void Write(Utf8JsonWriter json, Advisory advisory)
    {
        json.WriteStartObject();
        json.WriteString("schema_version"u8, "1.7.0"u8);
        json.WriteString("id"u8, advisory.Id);
        Moment(json, "modified", advisory.Modified);
        Moment(json, "published", advisory.Published);
        Moment(json, "withdrawn", advisory.Withdrawn);
        if (advisory.Summary is { } summary)
            json.WriteString("summary"u8, summary);
        Texts(json, "aliases", advisory.Aliases);
        Texts(json, "upstream", advisory.Upstream);
        Texts(json, "related", advisory.Related);
        // What the summary says of itself is read from there again.
        var told = AdvisoryParts.RatingIn(advisory.Summary) is null ? advisory.Severities : [.. advisory.Severities.SkipLast(1)];
        var word = told is [.., { Type: "severity" } last] ? last : null;
        Claims(json, told, word);
        Array(json, "affected", advisory.Affected, AffectedWriter.Write);
        if (word is not null || !advisory.IsReviewed)
        {
            json.WriteStartObject("database_specific"u8);
            if (word is not null)
                json.WriteString("severity"u8, word.Score);
            if (!advisory.IsReviewed)
                json.WriteString("review_status"u8, "UNREVIEWED"u8);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <param name="word">The last of them where it is written elsewhere, as databases do with words of their own.</param>
    internal static void Claims(Utf8JsonWriter json, IReadOnlyList<SeverityClaim> claims, SeverityClaim? word) =>
        Array(json, "severity", word is null ? claims : [.. claims.SkipLast(1)], (json, claim) =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, claim.Type);
            json.WriteString("score"u8, claim.Score);
            json.WriteEndObject();
        });

    internal static void Texts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts) => Array(json, name, texts, (json, text) => json.WriteStringValue(text));

    /// <summary>An empty one is left out.</summary>
    internal static void Array<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        if (items.Count == 0)
            return;
        json.WriteStartArray(name);
        foreach (var item in items)
            write(json, item);
        json.WriteEndArray();
    }

    static void Moment(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } at)
            json.WriteString(name, Moment(at));
    }
}
