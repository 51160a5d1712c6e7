using System.Text.Json;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Dockerfiles.Rules;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Reports.Sarif;

namespace Plimsoll.Engine.Dockerfiles.Reports;

/// <summary>
/// A review as SARIF 2.1.0 (OASIS, errata 01), in the shape that GitHub code scanning takes, with what is safe to mend as fixes (SARIF 3.55).
/// </summary>
public static class AdviceSarif
{
    static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n" };

    /// <summary>Writes UTF-8 with a newline at the end.</summary>
    /// <param name="file">What the Dockerfile is called, from the root of its repository.</param>
    public static void Write(DockerfileReview review, string file, Stream output)
    {
        var rules = review.Advices.Select(advice => advice.Rule).DistinctBy(rule => rule.Id)
            .OrderBy(rule => rule.Id, StringComparer.Ordinal).ToList();
        var index = rules.Select((rule, number) => (rule.Id, number)).ToDictionary(rule => rule.Id, rule => rule.number, StringComparer.Ordinal);
        var results = new AdviceSarifResults(review, file, index);
        var log = new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(new JsonObject
            {
                ["tool"] = new JsonObject { ["driver"] = new JsonObject { ["name"] = Product.Name,
                    ["semanticVersion"] = Product.Version, ["rules"] = new JsonArray([.. rules.Select(Rule)]) } },
                ["automationDetails"] = new JsonObject { ["id"] = $"plimsoll/advise/{file}/",
                    ["description"] = SarifRun.Text($"What {Product.Name} advises for {file}") },
                ["columnKind"] = "utf16CodeUnits",
                ["results"] = new JsonArray([.. results.All()]),
            }),
        };
        using (var json = new Utf8JsonWriter(output, Indented))
            log.WriteTo(json);
        output.WriteByte((byte)'\n');
    }

    static JsonNode Rule(RuleInfo rule) => new JsonObject
    {
        ["id"] = rule.Id,
        ["shortDescription"] = SarifRun.Text(rule.Title),
        ["fullDescription"] = SarifRun.Text($"{rule.Title}."),
        ["help"] = new JsonObject { ["text"] = rule.Remedy, ["markdown"] = RuleCatalogue.Page(rule.Id) ?? rule.Remedy },
        ["defaultConfiguration"] = new JsonObject { ["level"] = SarifRule.Level(rule.Severity) },
        ["properties"] = new JsonObject
        {
            ["precision"] = "high",
            ["problem.severity"] = rule.Severity switch { Severity.Critical or Severity.High => "error",
                Severity.Medium => "warning", _ => "recommendation" },
            ["tags"] = new JsonArray([.. new[] { "container", "dockerfile", rule.Hadolint }.OfType<string>().Select(tag => (JsonNode)tag)]),
            ["page"] = $"docs/rules/{rule.Id}.md",
        },
    };
}
