using System.Globalization;
using System.Text.Json.Nodes;

namespace Plimsoll.Engine.Reports.Sarif;

/// <summary>A run: one inspection of one image (SARIF 3.14), or all that failed.</summary>
internal static class SarifRun
{
    /// <summary>The root of the image's file system. It has no address, so that the base id stands without one (SARIF 3.14.14).</summary>
    public const string Root = "IMAGE";

    public static JsonObject Of(ImageReport image, string name)
    {
        var problems = Problem.Of(image);
        var rules = problems.GroupBy(problem => problem.Rule).OrderBy(rule => rule.Key, StringComparer.Ordinal).ToList();
        return new JsonObject
        {
            ["tool"] = Tool(rules.Select(rule => SarifRule.Of([.. rule]))),
            ["automationDetails"] = new JsonObject
            {
                ["id"] = name,
                ["description"] = Text($"What {Product.Name} found in {image.Name()} for {image.Image.Platform}"),
            },
            ["invocations"] = Invocation(true, image.Notes.Select(note => Notification("warning", note))),
            ["originalUriBaseIds"] = new JsonObject { [Root] = new JsonObject { ["description"] = Text("The root of the image's file system") } },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. new SarifResults(image, [.. rules.Select(rule => rule.Key)]).Of(problems)]),
            ["properties"] = Properties(image),
        };
    }

    public static JsonObject Of(IReadOnlyList<Failure> failures) => new()
    {
        ["tool"] = Tool([]),
        ["automationDetails"] = new JsonObject { ["id"] = "plimsoll/failures/" },
        ["invocations"] = Invocation(false, failures.Select(failure =>
            Notification("error", $"{failure.Image}: {failure.Reason}{(failure.Remedy is null ? "" : $": {failure.Remedy}")}"))),
        ["columnKind"] = "utf16CodeUnits",
        ["results"] = new JsonArray(),
    };

    public static JsonObject Text(string text) => new() { ["text"] = text };

    static JsonObject Tool(IEnumerable<JsonNode> rules) => new()
    {
        ["driver"] = new JsonObject { ["name"] = Product.Name, ["semanticVersion"] = Product.Version, ["rules"] = new JsonArray([.. rules]) },
    };

    static JsonArray Invocation(bool successful, IEnumerable<JsonNode> notifications) => new(new JsonObject
    {
        ["executionSuccessful"] = successful,
        ["toolExecutionNotifications"] = new JsonArray([.. notifications]),
    });

    static JsonObject Notification(string level, string text) => new() { ["level"] = level, ["message"] = SarifResults.Message(text) };

    static JsonObject Properties(ImageReport report) => new()
    {
        ["image"] = new JsonObject
        {
            ["reference"] = report.Image.Reference,
            ["manifestDigest"] = report.Image.ManifestDigest?.Value,
            ["configDigest"] = report.Image.ConfigDigest.Value,
            ["platform"] = report.Image.Platform.ToString(),
            ["created"] = report.Image.Created?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["size"] = report.Image.Size,
        },
        ["verdict"] = report.Verdict is { } verdict ? new JsonObject { ["policy"] = verdict.Policy, ["outcome"] = verdict.Outcome.ToString() } : null,
        ["base"] = report.Base is { } known ? new JsonObject { ["name"] = known.Name, ["digest"] = known.Digest?.Value, ["layers"] = known.Layers } : null,
        ["layers"] = new JsonArray([.. report.Layers.Select((layer, number) => new JsonObject
        {
            ["layer"] = number,
            ["digest"] = layer.Digest.Value,
            ["diffId"] = layer.DiffId.Value,
            ["command"] = layer.Command,
            ["size"] = layer.Size,
        })]),
    };
}
