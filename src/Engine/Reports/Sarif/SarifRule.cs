using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Reports.Sarif;

/// <summary>
/// A rule (SARIF 3.49): a check with its page, or a kind of secret. <c>helpUri</c> has to be absolute and the project has no public address,
/// so that the page itself is the help and its place in the repository a property.
/// </summary>
internal static class SarifRule
{
    public static JsonObject Of(IReadOnlyList<Problem> problems)
    {
        var id = problems[0].Rule;
        var (title, severity) = Problem.RuleOf(problems);
        var page = CheckCatalogue.Page(id);
        var text = problems[0].Vulnerability is { } vulnerability ? $"{id} is a known vulnerability of {vulnerability.Name}{(vulnerability.OtherNames.Any() ? $". It is also called {string.Join(", ", vulnerability.OtherNames)}" : "")}."
            : page is null ? $"{title}. It was found by its shape or by the name that it is given." : CheckPage.Section(id, "What");
        var remedy = $"{problems[0].Remedy}.";
        return new JsonObject
        {
            ["id"] = id,
            ["shortDescription"] = SarifRun.Text(title),
            ["fullDescription"] = SarifRun.Text(text),
            ["help"] = new JsonObject { ["text"] = remedy, ["markdown"] = page ?? remedy },
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(severity) },
            ["properties"] = Properties(problems[0], severity, page is null ? null : $"docs/checks/{id}.md"),
        };
    }

    /// <summary>SARIF knows three levels of a failure, and a note below them (SARIF 3.27.10).</summary>
    public static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.High => "error",
        Severity.Medium => "warning",
        _ => "note",
    };

    static JsonObject Properties(Problem problem, Severity severity, string? page)
    {
        var properties = new JsonObject { ["precision"] = problem.IsSecret ? "medium" : "high" };
        // The middle of the band that GitHub shows as this severity; what is only worth knowing has none.
        if (severity > Severity.Info)
            properties["security-severity"] = problem.Vulnerability is { Score: > 0 and var score } one && !(one.KnownExploited && score < 7) ? score.ToString("0.0", CultureInfo.InvariantCulture) : severity switch { Severity.Critical => "9.5", Severity.High => "8.0", Severity.Medium => "5.5", _ => "2.0" };
        properties["tags"] = new JsonArray([.. Tags(problem, severity).Select(tag => (JsonNode)tag)]);
        if (page is not null)
            properties["page"] = page;
        return properties;
    }

    static IEnumerable<string> Tags(Problem problem, Severity severity)
    {
        if (severity > Severity.Info)
            yield return "security";
        yield return "container";
        if (problem.IsSecret)
            yield return "secret";
        if (problem.Vulnerability is not null)
            yield return "vulnerability";
        if (problem.Code is { } code)
            yield return code;
    }
}
