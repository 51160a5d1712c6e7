using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Contexts;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>The context of a build: <c>{ ignoredBy, sent, read, ignored, ignoredIsLeast, largest[], lines[], notes[] }</c>.</summary>
internal static class ContextJson
{
    public static void Write(Utf8JsonWriter json, ContextReport context)
    {
        json.WriteStartObject();
        json.WriteString("ignoredBy", context.IgnoredBy);
        json.Part("sent", context.Sent, Write);
        json.Part("read", context.Read, Write);
        json.Part("ignored", context.Ignored, Write);
        json.WriteBoolean("ignoredIsLeast", context.IgnoredIsLeast);
        json.Each("largest", context.Largest, Write);
        json.Each("lines", context.Lines, Write);
        json.Texts("notes", context.Notes);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ContextSum sum)
    {
        json.WriteStartObject();
        json.WriteNumber("bytes", sum.Bytes);
        json.WriteNumber("files", sum.Files);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, ContextEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("path", entry.Path);
        json.WriteBoolean("isFolder", entry.IsFolder);
        json.WriteNumber("bytes", entry.Bytes);
        json.WriteNumber("files", entry.Files);
        json.WriteNumber("readBytes", entry.Read);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, IgnoreAdvice advice)
    {
        json.WriteStartObject();
        json.WriteString("line", advice.Line);
        json.WriteString("reason", JsonParts.Word(advice.Reason));
        json.WriteNumber("bytes", advice.Bytes);
        json.WriteNumber("files", advice.Files);
        json.Each("readBy", advice.ReadBy, (to, line) => to.WriteNumberValue(line));
        json.WriteEndObject();
    }
}
