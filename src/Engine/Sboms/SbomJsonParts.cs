using System.Text.Json;

namespace Plimsoll.Engine.Sboms;

/// <summary>Members of a document that may be anything: what is not what it should be is as if it were not there.</summary>
internal static class SbomJsonParts
{
    public static JsonElement? Part(this JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var part) ? part : null;

    /// <summary>Null for what is no text, and for half a surrogate pair, which is JSON and no text.</summary>
    public static string? Text(this JsonElement of, string name)
    {
        if (of.Part(name) is not { ValueKind: JsonValueKind.String } part)
            return null;
        try
        {
            return part.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The objects of a list.</summary>
    public static IEnumerable<JsonElement> Objects(this JsonElement of, string name) =>
        of.Part(name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object) : [];
}
