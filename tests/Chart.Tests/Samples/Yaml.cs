using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>YAML as Kubernetes' own reader takes it (YAML 1.1: a bare <c>yes</c> or <c>off</c> is a truth value). A key that stands twice is an error.</summary>
internal static partial class Yaml
{
    /// <summary>The documents of a text that are not empty.</summary>
    public static IEnumerable<JsonObject> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        // Through text, so that numbers are JSON numbers, which are whatever they are asked for.
        return stream.Documents.Select(document => Json(document.RootNode)).OfType<JsonObject>().Select(one => JsonNode.Parse(one.ToJsonString())!.AsObject());
    }

    public static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new InvalidDataException($"{node.Start}: it is neither a map, a list nor a scalar"),
    };

    static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        _ when Truth().IsMatch(text) => JsonValue.Create(true),
        _ when Untruth().IsMatch(text) => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ when Fraction().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex("^(y|yes|on|true)$", RegexOptions.IgnoreCase)]
    private static partial Regex Truth();

    [GeneratedRegex("^(n|no|off|false)$", RegexOptions.IgnoreCase)]
    private static partial Regex Untruth();

    [GeneratedRegex(@"^[-+]?[0-9]+(\.[0-9]*)?([eE][-+]?[0-9]+)?$")]
    private static partial Regex Fraction();
}
