using System.Text.Json;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Vex;

/// <summary>
/// The members of a document. A null is the same as no member, and what has the wrong type is a mistake of the statement that holds it
/// (<see cref="MalformedVexException"/>): to pass it over could turn what is stated into its opposite.
/// </summary>
internal static class VexJson
{
    /// <summary>Null where it has no such member.</summary>
    public static JsonElement? Member(this JsonElement one, string name) =>
        one.ValueKind == JsonValueKind.Object && one.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>A member that is an object; null where there is none.</summary>
    public static JsonElement? Object(this JsonElement one, string name) => one.Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => value,
        _ => throw new MalformedVexException($"its {name} is not an object"),
    };

    /// <summary>Empty where there is no such member.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement one, string name) => one.Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => value.EnumerateArray(),
        _ => throw new MalformedVexException($"its {name} is not a list"),
    };

    /// <summary>A name or a word; null where there is none, or an empty one.</summary>
    public static string? Word(this JsonElement one, string name) => one.Member(name) is { } value ? value.Word(name, VexLimits.NameLength) : null;

    /// <summary>The texts of a list, each no longer than a name.</summary>
    public static IEnumerable<string> Words(this JsonElement one, string name) => one.Items(name).Select(item => item.Word(name, VexLimits.NameLength)).OfType<string>();

    /// <summary>Text for people on one line, cut where it is long; null where there is none.</summary>
    public static string? Prose(this JsonElement one, string name)
    {
        if (one.Member(name)?.Word(name, int.MaxValue)?.ReplaceLineEndings(" ").Trim() is not { Length: > 0 } text)
            return null;
        return text.Length <= VexLimits.TextLength ? text : text[..(VexLimits.TextLength - (char.IsHighSurrogate(text[VexLimits.TextLength - 2]) ? 2 : 1))] + "…";
    }

    /// <summary>RFC 3339; null where there is none.</summary>
    public static DateTimeOffset? Moment(this JsonElement one, string name) =>
        one.Word(name) is not { } text ? null : AdvisoryReader.MomentOf(text) ?? throw new MalformedVexException($"its {name} is not a time");

    /// <summary>This element as a text; null where it is empty.</summary>
    public static string? Word(this JsonElement value, string name, int limit)
    {
        if (value.ValueKind != JsonValueKind.String)
            throw new MalformedVexException($"its {name} is not a text");
        var text = Decoded(value, name);
        return text.Length > limit ? throw new MalformedVexException($"its {name} has more than {limit} characters") : text.Length == 0 ? null : text;
    }

    // Half a surrogate pair is valid JSON and no text.
    static string Decoded(JsonElement value, string name)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw new MalformedVexException($"its {name} is no text", e);
        }
    }
}

/// <summary>A document, or a statement of it, is not what its format says. Thrown within the readers, which turn it into a reason.</summary>
internal sealed class MalformedVexException(string reason, Exception? cause = null) : Exception(reason, cause);
