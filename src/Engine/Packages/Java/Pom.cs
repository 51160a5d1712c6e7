using System.Text.RegularExpressions;
using System.Xml;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>What a <c>pom.xml</c> says of itself (maven.apache.org/pom.html). What it inherits stands in other files, which an archive does not have.</summary>
/// <param name="Coordinates">Null where a part is missing, or is a placeholder that this file does not resolve.</param>
internal sealed partial record Pom(Coordinates? Coordinates, IReadOnlyList<string> Licences)
{
    /// <summary>Elements in elements: project, properties, a name. Deeper ones are of no interest here, but cost memory.</summary>
    const int Depth = 100;

    const int Characters = 200, LicencesAtMost = 20, Replacements = 4;

    /// <summary>Null where it is not XML, or no project.</summary>
    public static Pom? Read(byte[] content)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var licences = new List<string>();
        try
        {
            using var xml = XmlReader.Create(new MemoryStream(content), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, IgnoreWhitespace = true, IgnoreComments = true });
            var path = new string[4];
            while (xml.Read() && xml.Depth < Depth)
                if (xml.NodeType == XmlNodeType.Element && xml.Depth < path.Length)
                    path[xml.Depth] = xml.LocalName;
                else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && xml.Depth <= path.Length && xml.Value.Trim() is { Length: > 0 and <= Characters } text)
                {
                    var name = string.Join('/', path, 0, xml.Depth);
                    if (name != "project/licenses/license/name")
                        values.TryAdd(name, text);
                    else if (licences.Count < LicencesAtMost)
                        licences.Add(text);
                }
        }
        catch (XmlException)
        {
            return null;
        }
        return new Pom(
            Coordinates.Of(
                Value(values, "project/groupId") ?? Value(values, "project/parent/groupId"),
                Value(values, "project/artifactId"),
                Value(values, "project/version") ?? Value(values, "project/parent/version")),
            [.. licences.Distinct(StringComparer.Ordinal)]);
    }

    static string? Value(Dictionary<string, string> values, string name)
    {
        var value = values.GetValueOrDefault(name);
        // A property may refer to others; two that refer to each other end as what they are, a placeholder.
        for (var i = 0; i < Replacements && value is { Length: <= Characters } && value.Contains("${", StringComparison.Ordinal); i++)
            value = Placeholder.Replace(value, match => Property(values, match.Groups[1].Value) ?? match.Value);
        return value;
    }

    static string? Property(Dictionary<string, string> values, string name)
    {
        if (values.TryGetValue($"project/properties/{name}", out var own))
            return own;
        // "pom." and no prefix at all are older forms of "project.".
        var field = name.StartsWith("project.", StringComparison.Ordinal) ? name["project.".Length..]
            : name.StartsWith("pom.", StringComparison.Ordinal) ? name["pom.".Length..] : name;
        return field is "groupId" or "version"
            ? values.GetValueOrDefault($"project/{field}") ?? values.GetValueOrDefault($"project/parent/{field}")
            : field is "parent.groupId" or "parent.version" ? values.GetValueOrDefault($"project/{field.Replace('.', '/')}") : null;
    }

    [GeneratedRegex(@"\$\{([^{}]{1,100})\}")]
    private static partial Regex Placeholder { get; }
}
