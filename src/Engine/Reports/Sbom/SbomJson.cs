using System.Text.Encodings.Web;
using System.Text.Json;

namespace Plimsoll.Engine.Reports.Sbom;

/// <summary>JSON on its way out: UTF-8, indented, line feeds, one at the end; the same report gives the same bytes.</summary>
internal static class SbomJson
{
    /// <summary>So much is written before any of it leaves for the stream.</summary>
    const int Piece = 64 << 10;

    static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        // An ampersand and a plus stand in most package URLs, and the document is never a part of a page. Controls are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Write(Stream output, Action<Utf8JsonWriter> document)
    {
        using (var json = new Utf8JsonWriter(output, Options))
        {
            json.WriteStartObject();
            document(json);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    /// <summary>A member that is left out where it has no value.</summary>
    public static void WriteOptional(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is { Length: > 0 })
            json.WriteString(name, value);
    }

    /// <summary>An array of objects, sent on piece by piece.</summary>
    public static void WriteObjects<T>(this Utf8JsonWriter json, string name, IEnumerable<T> all, Action<T> members)
    {
        json.WriteStartArray(name);
        foreach (var one in all)
        {
            json.WriteStartObject();
            members(one);
            json.WriteEndObject();
            json.SendPiece();
        }
        json.WriteEndArray();
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> all)
    {
        json.WriteStartArray(name);
        foreach (var one in all)
        {
            json.WriteStringValue(one);
            json.SendPiece();
        }
        json.WriteEndArray();
    }

    static void SendPiece(this Utf8JsonWriter json)
    {
        if (json.BytesPending > Piece)
            json.Flush();
    }
}
