using System.Text.Json;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>What was found in a place, <c>findings[]</c> and <c>secrets[]</c>, each with the names that it has in the report of the image.</summary>
internal static class FoundJson
{
    public static void Write(Utf8JsonWriter json, FoundThere found)
    {
        json.Each("findings", found.Findings, Write);
        json.Each("secrets", found.Secrets, Write);
    }

    static void Write(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("check", finding.Check);
        json.WriteString("severity", JsonParts.Word(finding.Severity));
        json.WriteString("title", finding.Title);
        json.WriteString("evidence", finding.Evidence);
        json.Number("layer", finding.Layer);
        json.WriteString("path", finding.Path);
        json.Number("bytes", finding.Bytes);
        json.WriteString("remedy", finding.Remedy);
        json.WriteString("code", finding.Code);
        json.WriteEndObject();
    }

    static void Write(Utf8JsonWriter json, SecretReport secret)
    {
        json.WriteStartObject();
        json.WriteString("rule", secret.Rule);
        json.WriteString("title", secret.Title);
        json.WriteString("severity", JsonParts.Word(secret.Severity));
        json.WriteString("location", secret.Location);
        json.WriteString("path", secret.Path);
        json.Number("line", secret.Line);
        json.Number("layer", secret.Layer);
        json.Number("removedIn", secret.RemovedIn);
        json.WriteString("masked", secret.Masked);
        json.WriteEndObject();
    }
}
