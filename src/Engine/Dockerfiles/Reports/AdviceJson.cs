using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>
/// A review for programs: <c>{ schemaVersion, file, silenced, advices[], context, cache, image }</c>. The names and their order never change within a
/// version.
/// </summary>
public static class AdviceJson
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n",
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

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
            json.Each("advices", review.Advices, Write);
            json.Part("context", review.Around.Context, ContextJson.Write);
            json.Part("cache", review.Around.Cache, CacheJson.Write);
            json.Part("image", review.Around.Image, AttributionJson.Write);
            json.WriteEndObject();
        }
        output.WriteByte((byte)'\n');
    }

    static void Write(Utf8JsonWriter json, Advice advice)
    {
        json.WriteStartObject();
        json.WriteString("rule", advice.Rule.Id);
        json.WriteString("severity", JsonParts.Word(advice.Rule.Severity));
        json.WriteString("code", advice.Rule.Hadolint);
        json.WriteString("title", advice.Rule.Title);
        json.WriteString("text", advice.Remark.Text);
        json.WriteString("remedy", advice.Remedy);
        Place(json, advice.Remark.Start, advice.Remark.End);
        json.Each("fix", advice.Remark.Fix, Write);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, TextEdit edit)
    {
        json.WriteStartObject();
        Place(json, edit.Start, edit.End);
        json.WriteString("insert", edit.Text);
        json.WriteEndObject();
    }

    static void Place(Utf8JsonWriter json, TextPosition start, TextPosition end)
    {
        json.WriteNumber("line", start.Line);
        json.WriteNumber("column", start.Column);
        json.WriteNumber("endLine", end.Line);
        json.WriteNumber("endColumn", end.Column);
    }
}
