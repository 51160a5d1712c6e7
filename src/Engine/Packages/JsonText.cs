using System.Text.Json;

namespace Plimsoll.Engine.Packages;

/// <summary>Looks into JSON that may be anything: a member that is missing or of another kind is null.</summary>
internal static class JsonText
{
    static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="limit">Bytes; no real file of its kind has more.</param>
    /// <exception cref="MalformedFileException">It has more, or is not JSON.</exception>
    public static JsonDocument Parse(EvidenceFile file, int limit)
    {
        if (file.Length > limit)
            file.All(limit);
        var content = file.Slice(0, file.Length);
        // Some tools write a byte order mark.
        if (content.Span.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
            content = content[3..];
        if (!System.Text.Unicode.Utf8.IsValid(content.Span))
            throw new MalformedFileException("it is not UTF-8");
        try
        {
            return JsonDocument.Parse(content, Lenient);
        }
        catch (JsonException e)
        {
            throw new MalformedFileException("it is not valid JSON", e);
        }
    }

    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Null for what is no text, is empty, or is too long to be what it should be.</summary>
    public static string? Text(this JsonElement element, int most = 1024)
    {
        try
        {
            return element.ValueKind == JsonValueKind.String && element.GetString()?.Trim() is { Length: > 0 } text && text.Length <= most ? text : null;
        }
        catch (InvalidOperationException)
        {
            // A lone half of a surrogate pair.
            return null;
        }
    }

    public static string? Text(this JsonElement element, string member) => element.Member(member)?.Text();

    public static IEnumerable<JsonElement> Items(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Members(this JsonElement? element) => element is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject().Where(HasName) : [];

    // A name may hold a lone half of a surrogate pair as well.
    static bool HasName(JsonProperty member)
    {
        try
        {
            return member.Name.Length > 0;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
