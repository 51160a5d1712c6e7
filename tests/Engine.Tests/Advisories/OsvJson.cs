using System.Text;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories;

/// <summary>Records that tests write down as JSON, as a database would give them.</summary>
internal static class OsvJson
{
    /// <param name="members">Of the record, without its braces.</param>
    public static Advisory Record(string members)
    {
        var (advisory, rejection) = AdvisoryReader.Read(Encoding.UTF8.GetBytes($"{{{members}}}"));
        Assert.Null(rejection);
        return advisory!;
    }

    /// <summary>A record of one package. Events are written as <c>introduced 0, fixed 1.2</c>.</summary>
    public static Advisory About(string ecosystem, string name, string events, string id = "EX-1", string more = "", string type = "ECOSYSTEM", string affected = "") =>
        Record($$"""
            "id": "{{id}}", "modified": "2026-01-01T00:00:00Z", {{more}}
            "affected": [{"package": {"ecosystem": "{{ecosystem}}", "name": "{{name}}"}, {{affected}} "ranges": [{{Range(events, type)}}]}]
            """);

    public static string Range(string events, string type = "ECOSYSTEM") => $$"""
        {"type": "{{type}}", "events": [{{string.Join(", ", events.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(e => e.Split(' ')).Select(e => $$"""{"{{e[0]}}": "{{e[1]}}"}"""))}}]}
        """;
}
