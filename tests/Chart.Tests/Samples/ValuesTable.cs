using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using YamlDotNet.RepresentationModel;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>
/// The table of the chart's README, from <c>values.yaml</c>: each key with what it is by itself and the comment above it. A map whose members have
/// comments is a heading, and any other one is a value.
/// </summary>
internal sealed class ValuesTable(string[] lines)
{
    static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    readonly StringBuilder _table = new("| value | by itself | what |\n| --- | --- | --- |\n");

    /// <summary>Keys that nothing is said of.</summary>
    public List<string> Silent { get; } = [];

    public static ValuesTable Read()
    {
        var file = Repository.At("charts/plimsoll/values.yaml");
        var stream = new YamlStream();
        stream.Load(new StringReader(File.ReadAllText(file)));
        var table = new ValuesTable(File.ReadAllLines(file));
        table.Add((YamlMappingNode)stream.Documents[0].RootNode, "");
        return table;
    }

    public override string ToString() => _table.ToString();

    void Add(YamlMappingNode mapping, string path)
    {
        foreach (var (key, value) in mapping.Children)
        {
            var (name, comment) = ($"{path}{key}", Comment(key));
            if (value is YamlMappingNode inner && IsHeading(inner))
            {
                if (comment.Length > 0)
                    _table.Append(CultureInfo.InvariantCulture, $"| **`{name}`** | | {comment} |\n");
                Add(inner, $"{name}.");
                continue;
            }
            if (comment.Length == 0)
                Silent.Add(name);
            _table.Append(CultureInfo.InvariantCulture, $"| `{name}` | `{Yaml.Json(value)?.ToJsonString(Readable)}` | {comment} |\n");
        }
    }

    bool IsHeading(YamlMappingNode mapping) => mapping.Children.Any(member => Comment(member.Key).Length > 0 || member.Value is YamlMappingNode inner && IsHeading(inner));

    // The lines of comment straight above a key.
    string Comment(YamlNode key)
    {
        var first = (int)key.Start.Line - 1;
        var above = first;
        while (above > 0 && lines[above - 1].TrimStart().StartsWith('#'))
            above--;
        return string.Join(' ', lines[above..first].Select(line => line.TrimStart(' ', '#'))).Replace("|", "\\|", StringComparison.Ordinal);
    }
}
