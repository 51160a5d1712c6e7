using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>A review for programs: <c>{ schemaVersion, file, silenced, advices[] }</c>. The names and their order never change within a version.</summary>
public static class AdviceJson
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    /// <param name="file">What the Dockerfile is called.</param>
    public static void Write(DockerfileReview review, string file, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("file", file);
            json.WriteNumber("silenced", review.Silenced);
            json.WriteStartArray("advices");
            foreach (var advice in review.Advices)
                Write(advice, json);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Write(Advice advice, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("rule", advice.Rule.Id);
        json.WriteString("severity", advice.Rule.Severity.ToString().ToLowerInvariant());
        json.WriteString("code", advice.Rule.Hadolint);
        json.WriteString("title", advice.Rule.Title);
        json.WriteString("text", advice.Remark.Text);
        json.WriteString("remedy", advice.Remedy);
        Place(advice.Remark.Start, advice.Remark.End, json);
        json.WriteStartArray("fix");
        foreach (var edit in advice.Remark.Fix)
        {
            json.WriteStartObject();
            Place(edit.Start, edit.End, json);
            json.WriteString("insert", edit.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        if (json.BytesPending > 1 << 16)
            json.Flush();
    }

    static void Place(TextPosition start, TextPosition end, Utf8JsonWriter json)
    {
        json.WriteNumber("line", start.Line);
        json.WriteNumber("column", start.Column);
        json.WriteNumber("endLine", end.Line);
        json.WriteNumber("endColumn", end.Column);
    }
}
