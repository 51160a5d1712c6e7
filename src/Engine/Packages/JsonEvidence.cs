using System.Text;
using System.Text.Json;

namespace Plimsoll.Engine.Packages;

/// <summary>
/// Reads JSON property by property: no tree of it is built, and what is not asked for costs nothing. Objects deeper than 64 are refused
/// (<see cref="JsonException"/>). Each method begins at the first token of a value and ends at its last.
/// </summary>
internal static class JsonEvidence
{
    /// <summary>Licences of one package; nobody writes more.</summary>
    const int MostTexts = 50;

    static readonly JsonReaderOptions Lenient = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>At the first token of the file.</summary>
    /// <param name="limit">Bytes; no real file of its kind has more.</param>
    public static Utf8JsonReader Open(EvidenceFile file, int limit)
    {
        var json = file.All(limit);
        // Some editors put a byte order mark in front, and npm takes no offence.
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json, Lenient);
        reader.Read();
        return reader;
    }

    /// <summary>At the first token of the next property's value; false at the end of the object.</summary>
    public static bool Next(this ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        name = [];
        if (!reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            return false;
        name = reader.ValueIsEscaped ? Encoding.UTF8.GetBytes(Unescape(ref reader) ?? "") : reader.ValueSpan;
        return reader.Read();
    }

    /// <summary>Null where the value is no text, or none of a sane length.</summary>
    public static string? Text(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
            return reader.ValueIsEscaped ? Unescape(ref reader) : EvidenceText.Of(reader.ValueSpan);
        reader.Skip();
        return null;
    }

    /// <summary>The texts of a value that is a text, an object with a text under <paramref name="key"/>, or a list of these.</summary>
    public static IReadOnlyList<string> Texts(this ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> key)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
            return TextUnder(ref reader, key) is { } only ? [only] : [];
        var texts = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            if (TextUnder(ref reader, key) is { } text && texts.Count < MostTexts)
                texts.Add(text);
        return texts;
    }

    static string? TextUnder(ref Utf8JsonReader reader, scoped ReadOnlySpan<byte> key)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            return reader.Text();
        string? text = null;
        while (reader.Next(out var name))
            if (name.SequenceEqual(key))
                text = reader.Text();
            else
                reader.Skip();
        return text;
    }

    static string? Unescape(ref Utf8JsonReader reader)
    {
        if (reader.ValueSpan.Length > 1 << 12)
            return null;
        try
        {
            return EvidenceText.Of(reader.GetString()!);
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are no UTF-8: valid JSON that is no text.
            return null;
        }
    }
}
