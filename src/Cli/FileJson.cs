using System.Globalization;
using System.Text.Json;
using Plimsoll.Engine.Files;

namespace Plimsoll.Cli;

/// <summary>A listing for programs: <c>{ schemaVersion, files[] }</c>, written as it goes.</summary>
internal static class FileJson
{
    public static void Write(IEnumerable<FileLine> files, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteStartArray("files");
            foreach (var file in files)
                Write(file, json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Write(FileLine file, Utf8JsonWriter json)
    {
        var entry = file.Entry;
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        if (file.Change != FileChangeKind.None)
            json.WriteString("change", Word(file.Change));
        json.WriteString("type", Word(entry.Type));
        json.WriteString("mode", Convert.ToString((int)entry.Mode, 8).PadLeft(4, '0'));
        json.WriteNumber("uid", entry.Uid);
        json.WriteNumber("gid", entry.Gid);
        json.WriteNumber("size", entry.Size);
        json.WriteNumber("layer", file.Layer);
        json.WriteString("modified", Moment(entry.ModifiedAt));
        if (entry.LinkTarget.Length > 0)
            json.WriteString("target", entry.LinkTarget);
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16)
            json.Flush();
    }

    static string Word<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    // A tar may say any number of seconds.
    static string Moment(long seconds) => DateTimeOffset
        .FromUnixTimeSeconds(Math.Clamp(seconds, DateTimeOffset.MinValue.ToUnixTimeSeconds(), DateTimeOffset.MaxValue.ToUnixTimeSeconds()))
        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
