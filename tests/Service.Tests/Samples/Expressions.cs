using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;
using YamlDotNet.RepresentationModel;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>
/// What the chart's alerts and its dashboard ask Prometheus for: of API and workers, and of the operator, which is a process of its own with tests of its own.
/// Its alerts have a file, and its panels a row.
/// </summary>
internal static partial class Expressions
{
    static readonly string Folder = Repository.At("charts/plimsoll/monitoring");

    const string OperatorFile = "operator", OperatorRow = "Rollouts";

    /// <summary>Each expression about API and workers, with the place that it is from.</summary>
    public static IEnumerable<(string Where, string Text)> OfService() => All().Where(one => !one.IsOfOperator).Select(one => (one.Where, one.Text));

    /// <summary>Each expression about the operator.</summary>
    public static IEnumerable<(string Where, string Text)> OfOperator() => All().Where(one => one.IsOfOperator).Select(one => (one.Where, one.Text));

    /// <summary>All of them.</summary>
    public static IEnumerable<(string Where, string Text, bool IsOfOperator)> All() => Alerts().Concat(Panels()).Concat(Variables());

    /// <summary>The series that an expression selects: the name of a metric, and what its labels must be.</summary>
    public static IEnumerable<Selected> Selections(string expression) => Selection().Matches(expression).Select(match => new Selected(match.Groups[1].Value,
        [.. Matcher().Matches(match.Groups[2].Value).Select(one => new LabelMatcher(one.Groups[1].Value, one.Groups[2].Value, one.Groups[3].Value))]));

    /// <summary>Labels that an expression groups by.</summary>
    public static IEnumerable<string> Groupings(string expression) => Grouping().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    static IEnumerable<(string, string, bool)> Alerts() =>
        from file in Directory.GetFiles(Path.Combine(Folder, "alerts"), "*.yaml")
        from alert in ((YamlSequenceNode)Load(file)).Cast<YamlMappingNode>()
        select (alert["alert"].ToString(), alert["expr"].ToString(), Path.GetFileNameWithoutExtension(file) == OperatorFile);

    static IEnumerable<(string, string, bool)> Panels()
    {
        using var dashboard = Dashboard();
        var row = "";
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
            if (panel.GetProperty("type").GetString() == "row")
                row = panel.GetProperty("title").GetString()!;
            else
                foreach (var target in panel.GetProperty("targets").EnumerateArray())
                    yield return (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!, row == OperatorRow);
    }

    // What one can choose from: label_values(metric, label), label_values(metric{…}, label), or of several metrics by their names.
    static IEnumerable<(string, string, bool)> Variables()
    {
        using var dashboard = Dashboard();
        foreach (var variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Where(one => one.TryGetProperty("definition", out _)))
        {
            var (name, text) = (variable.GetProperty("name").GetString()!, variable.GetProperty("definition").GetString()!);
            var names = Named().Match(text);
            var metrics = names.Success ? names.Groups[1].Value.Split('|') : [];
            foreach (var metric in metrics)
                yield return (name, text.Replace(names.Value, $"{metric}{{", StringComparison.Ordinal), metric == "leader_election_master_status");
            if (metrics.Length == 0)
                yield return (name, text.Replace("plimsoll_queue_depth,", "plimsoll_queue_depth{},", StringComparison.Ordinal), false);
        }
    }

    static JsonDocument Dashboard() => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")));

    static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        return stream.Documents[0].RootNode;
    }

    // Every selection of ours has braces: a test holds that.
    [GeneratedRegex(@"([A-Za-z_:][\w:]*)\{([^}]*)\}")]
    private static partial Regex Selection();

    [GeneratedRegex("{__name__=~\"([a-z_|]+)\", ")]
    private static partial Regex Named();

    [GeneratedRegex("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"")]
    private static partial Regex Matcher();

    [GeneratedRegex(@"\bby \(([^)]*)\)")]
    private static partial Regex Grouping();
}

internal sealed record Selected(string Metric, IReadOnlyList<LabelMatcher> Matchers)
{
    public override string ToString() => $"{Metric}{{{string.Join(", ", Matchers)}}}";
}

internal sealed record LabelMatcher(string Label, string Operator, string Value)
{
    /// <summary>As Prometheus does: expressions match the whole value.</summary>
    public bool Takes(string value) => Operator switch
    {
        "=" => value == Value,
        "!=" => value != Value,
        "=~" => Regex.IsMatch(value, $"^(?:{Value})$"),
        _ => !Regex.IsMatch(value, $"^(?:{Value})$"),
    };

    public override string ToString() => $"{Label}{Operator}\"{Value}\"";
}
