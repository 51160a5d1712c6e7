using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Tests.Samples;
using YamlDotNet.RepresentationModel;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>What the chart's alerts and its dashboard ask Prometheus for.</summary>
internal static partial class Expressions
{
    static readonly string Folder = Repository.At("charts/plimsoll/monitoring");

    /// <summary>Each expression with the place that it is from.</summary>
    public static IEnumerable<(string Where, string Text)> All() => Alerts().Concat(Panels());

    /// <summary>The series that an expression selects: the name of a metric, and what its labels must be.</summary>
    public static IEnumerable<Selected> Selections(string expression) => Selection().Matches(expression).Select(match => new Selected(match.Groups[1].Value,
        [.. Matcher().Matches(match.Groups[2].Value).Select(one => new LabelMatcher(one.Groups[1].Value, one.Groups[2].Value, one.Groups[3].Value))]));

    /// <summary>Labels that an expression groups by.</summary>
    public static IEnumerable<string> Groupings(string expression) => Grouping().Matches(expression).SelectMany(match => match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));

    static IEnumerable<(string, string)> Alerts() =>
        from file in Directory.GetFiles(Path.Combine(Folder, "alerts"), "*.yaml")
        from alert in ((YamlSequenceNode)Load(file)).Cast<YamlMappingNode>()
        select (alert["alert"].ToString(), alert["expr"].ToString());

    static IEnumerable<(string, string)> Panels()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "dashboard.json")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray().Where(panel => panel.TryGetProperty("targets", out _)))
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
                yield return (panel.GetProperty("title").GetString()!, target.GetProperty("expr").GetString()!);
        foreach (var variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray().Where(one => one.TryGetProperty("definition", out _)))
            yield return (variable.GetProperty("name").GetString()!, variable.GetProperty("definition").GetString()!.Replace("plimsoll_queue_depth,", "plimsoll_queue_depth{},", StringComparison.Ordinal));
    }

    static YamlNode Load(string file)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        return stream.Documents[0].RootNode;
    }

    // Every selection of ours has braces: a test holds that.
    [GeneratedRegex(@"([A-Za-z_:][\w:]*)\{([^}]*)\}")]
    private static partial Regex Selection();

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
