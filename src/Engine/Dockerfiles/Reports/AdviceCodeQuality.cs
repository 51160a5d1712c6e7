using System.Text.Json;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>
/// A review as GitLab's Code Quality report, for <c>artifacts:reports:codequality</c> (GitLab's documentation, "Code Quality report format").
/// </summary>
public static class AdviceCodeQuality
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    /// <param name="file">What the Dockerfile is called, from the root of its repository.</param>
    public static void Write(DockerfileReview review, string file, Stream output)
    {
        var names = AdviceNames.Of(review, file);
        using (var json = new Utf8JsonWriter(output, Indented))
        {
            json.WriteStartArray();
            foreach (var (advice, name) in review.Advices.Zip(names))
            {
                json.WriteStartObject();
                json.WriteString("description", $"{advice.Rule.Title}: {advice.Remark.Text}. {advice.Remedy}");
                json.WriteString("check_name", advice.Rule.Id);
                json.WriteString("fingerprint", name);
                json.WriteString("severity", Word(advice.Rule.Severity));
                json.WriteStartObject("location");
                json.WriteString("path", file);
                json.WriteStartObject("lines");
                json.WriteNumber("begin", advice.Remark.Start.Line);
                json.WriteNumber("end", advice.Remark.End.Line);
                json.WriteEndObject();
                json.WriteEndObject();
                json.WriteEndObject();
                if (json.BytesPending > 1 << 16)
                    json.Flush();
            }
            json.WriteEndArray();
        }
        output.WriteByte((byte)'\n');
    }

    // GitLab has five words of its own.
    static string Word(Severity severity) => severity switch { Severity.Critical => "blocker",
        Severity.High => "critical", Severity.Medium => "major", Severity.Low => "minor", _ => "info" };
}
