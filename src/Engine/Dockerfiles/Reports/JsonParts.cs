using System.Text.Json;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>What the writers of a review's parts have in common.</summary>
internal static class JsonParts
{
    /// <summary>Bytes that are kept before they go to the output: a long list is never held as a whole.</summary>
    const int Pending = 1 << 16;

    /// <summary>An object, or null.</summary>
    public static void Part<T>(this Utf8JsonWriter json, string name, T? part, Action<Utf8JsonWriter, T> write) where T : class
    {
        json.WritePropertyName(name);
        if (part is null)
            json.WriteNullValue();
        else
            write(json, part);
    }

    public static void Each<T>(this Utf8JsonWriter json, string name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
            if (json.BytesPending > Pending)
                json.Flush();
        }
        json.WriteEndArray();
    }

    public static void Texts(this Utf8JsonWriter json, string name, IEnumerable<string> texts) =>
        json.Each(name, texts, (to, text) => to.WriteStringValue(text));

    public static void Number(this Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } some)
            json.WriteNumber(name, some);
        else
            json.WriteNull(name);
    }

    public static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
