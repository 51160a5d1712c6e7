using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Reports.Sarif;

/// <summary>The results of a run (SARIF 3.27), each with a place and with a fingerprint that the next build of the image has too.</summary>
internal sealed partial class SarifResults(ImageReport image, IReadOnlyList<string> rules)
{
    readonly Dictionary<string, int> _index = rules.Select((rule, index) => (rule, index)).ToDictionary(rule => rule.rule, rule => rule.index);
    readonly Dictionary<string, int> _seen = [];

    public IEnumerable<JsonNode> Of(IReadOnlyList<Problem> problems) => problems.Any(problem => problem.IsSetAside) ? problems.Select(Judged) : problems.Select(Result);

    // Once one result of a run tells whether it is suppressed, all have to (SARIF 3.27.23).
    JsonNode Judged(Problem problem)
    {
        var result = Result(problem);
        result["suppressions"] = problem.Vulnerability?.Vex is { SetsAside: true } vex
            ? new JsonArray(new JsonObject { ["kind"] = "external", ["status"] = "accepted", ["justification"] = vex.Sentence }) : new JsonArray();
        return result;
    }

    JsonNode Result(Problem problem)
    {
        var properties = new JsonObject { ["severity"] = problem.Severity.ToString().ToLowerInvariant() };
        if (problem.Layer is { } layer)
            properties["layer"] = layer;
        if (problem.Vulnerability?.Vex?.Sentence is { } stated)
            properties["vex"] = stated;
        if (problem.Vulnerability?.FromBase is { } fromBase)
            properties["fromBase"] = fromBase;
        return new JsonObject
        {
            ["ruleId"] = problem.Rule,
            ["ruleIndex"] = _index[problem.Rule],
            ["level"] = SarifRule.Level(problem.Severity),
            ["message"] = Message($"{problem.Title}: {problem.Evidence}."),
            ["locations"] = new JsonArray(Location(problem)),
            ["partialFingerprints"] = Fingerprints(problem),
            ["properties"] = properties,
        };
    }

    JsonObject Location(Problem problem)
    {
        // A viewer that wants a line gets the first where a file has none.
        var place = new JsonObject { ["artifactLocation"] = Artifact(problem), ["region"] = new JsonObject { ["startLine"] = problem.Line ?? 1 } };
        var location = new JsonObject { ["physicalLocation"] = place };
        if (Logical(problem) is { } logical)
            location["logicalLocations"] = new JsonArray(logical);
        return location;
    }

    // GitHub refuses a result without a file. What no file holds stands at the image's name, as the scanners do that people know.
    JsonObject Artifact(Problem problem) => problem.Path is { } path
        ? new JsonObject { ["uri"] = Uri(path), ["uriBaseId"] = SarifRun.Root }
        : new JsonObject { ["uri"] = Uri(image.Repository()), ["description"] = SarifRun.Text("The image's configuration") };

    static JsonObject? Logical(Problem problem) => problem switch
    {
        { Location: { } place } when place.StartsWith("env ", StringComparison.Ordinal) =>
            new JsonObject { ["name"] = place[4..], ["fullyQualifiedName"] = $"config.Env.{place[4..]}", ["kind"] = "variable" },
        { Location: { } place } => new JsonObject { ["name"] = place, ["fullyQualifiedName"] = $"config.{place}", ["kind"] = "instruction" },
        { Layer: { } layer } => new JsonObject { ["name"] = $"layer {layer}", ["fullyQualifiedName"] = $"layers[{layer}]", ["kind"] = "layer" },
        _ => null,
    };

    JsonObject Fingerprints(Problem problem)
    {
        var hash = Digest.Of(Encoding.UTF8.GetBytes($"{problem.Rule}\0{problem.Key}")).Hex[..32];
        var number = _seen[hash] = _seen.GetValueOrDefault(hash) + 1;
        // The first is the one that GitHub compares, in the form that its own tools give it.
        return new JsonObject { ["primaryLocationLineHash"] = $"{hash[..16]}:{number}", ["plimsoll/v1"] = $"{hash}:{number}" };
    }

    /// <summary>A message in which brackets make no link (SARIF 3.11.6).</summary>
    public static JsonObject Message(string text) => SarifRun.Text(Link().Replace(text, @"\["));

    // A path as a relative reference (RFC 3986, 4.2): whatever is not plain is percent-encoded, a colon too.
    static string Uri(string path) => string.Join('/', path.Split('/').Select(System.Uri.EscapeDataString));

    [GeneratedRegex(@"\[(?=[^\]\[]*\]\()")]
    private static partial Regex Link();
}
