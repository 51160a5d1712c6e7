using System.Text.Json.Nodes;
using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Reports.Sarif;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>The results of a run (SARIF 3.27), one for each advice.</summary>
internal sealed class AdviceSarifResults(DockerfileReview review, string file, IReadOnlyDictionary<string, int> rules)
{
    public IEnumerable<JsonNode> All() => review.Advices.Zip(AdviceNames.Of(review, file), Result);

    JsonObject Result(Advice advice, string name)
    {
        var result = new JsonObject
        {
            ["ruleId"] = advice.Rule.Id,
            ["ruleIndex"] = rules[advice.Rule.Id],
            ["level"] = SarifRule.Level(advice.Rule.Severity),
            ["message"] = SarifResults.Message($"{advice.Rule.Title}: {advice.Remark.Text}. {advice.Remedy}"),
            ["locations"] = new JsonArray(new JsonObject { ["physicalLocation"] = new JsonObject { ["artifactLocation"] = Artifact(),
                ["region"] = Region(advice.Remark.Start, advice.Remark.End) } }),
            // The first is the one that GitHub compares, in the form that its own tools give it.
            ["partialFingerprints"] = new JsonObject { ["primaryLocationLineHash"] = name[16..], ["plimsoll/v1"] = name },
            ["properties"] = new JsonObject { ["severity"] = advice.Rule.Severity.ToString().ToLowerInvariant() },
        };
        if (advice.Remark.Fix.Count > 0)
            result["fixes"] = new JsonArray(new JsonObject
            {
                ["description"] = SarifRun.Text(advice.Remedy),
                ["artifactChanges"] = new JsonArray(new JsonObject { ["artifactLocation"] = Artifact(),
                    ["replacements"] = new JsonArray([.. advice.Remark.Fix.Select(Replacement)]) }),
            });
        return result;
    }

    static JsonNode Replacement(TextEdit edit) => new JsonObject
    {
        ["deletedRegion"] = Region(edit.Start, edit.End),
        ["insertedContent"] = new JsonObject { ["text"] = edit.Text },
    };

    static JsonObject Region(TextPosition start, TextPosition end) =>
        new() { ["startLine"] = start.Line, ["startColumn"] = start.Column, ["endLine"] = end.Line, ["endColumn"] = end.Column };

    // A relative reference (RFC 3986, 4.2) where the name is one.
    JsonObject Artifact() => new()
    {
        ["uri"] = file.StartsWith('/') ? $"file://{Encoded(file)}" : Encoded(file),
    };

    static string Encoded(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
