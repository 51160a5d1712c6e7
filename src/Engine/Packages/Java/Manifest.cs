using System.Text;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// The main section of <c>META-INF/MANIFEST.MF</c> (JAR File Specification, "Manifest Specification"): lines of at most 72 bytes, of which
/// one that begins with a space goes on with the line before. Names are read without regard to case.
/// </summary>
internal sealed class Manifest
{
    const int LicencesAtMost = 20, Characters = 200;

    readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    public static Manifest Empty { get; } = new([]);

    public Manifest(ReadOnlySpan<byte> content)
    {
        string? name = null;
        var value = new StringBuilder();
        foreach (var line in Encoding.UTF8.GetString(content).AsSpan().EnumerateLines())
        {
            if (line.StartsWith(' '))
            {
                value.Append(line[1..]);
                continue;
            }
            if (name is not null)
                _values.TryAdd(name, value.ToString().Trim());
            value.Clear();
            var colon = line.IndexOf(':');
            name = colon > 0 ? line[..colon].ToString() : null;
            if (name is not null)
                value.Append(line[(colon + 1)..]);
            // The sections after an empty line are of single files.
            else if (line.IsEmpty && _values.Count > 0)
                break;
        }
        if (name is not null)
            _values.TryAdd(name, value.ToString().Trim());
    }

    /// <summary>Null where there is none.</summary>
    public string? this[string name] => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The reverse domain names that it has for the archive, the most telling one first.</summary>
    public IEnumerable<string> Symbols => new[] { this["Bundle-SymbolicName"]?.Split(';')[0].Trim(), this["Automatic-Module-Name"] }
        .OfType<string>().Where(Coordinates.IsId);

    /// <summary>Its names that may be an artifact's: not those of a product, in words.</summary>
    public IEnumerable<string> Titles => new[] { this["Short-Name"], this["Implementation-Title"], this["Specification-Title"], this["Bundle-Name"] }
        .OfType<string>().Where(Coordinates.IsId);

    /// <summary>The most exact one first. Bundles whose build sets no version have one that begins with zeros.</summary>
    public IEnumerable<string> Versions => new[] { this["Plugin-Version"], this["Implementation-Version"], this["Bundle-Version"], this["Specification-Version"] }
        .OfType<string>().Where(version => Coordinates.IsVersion(version) && version.AsSpan().ContainsAnyInRange('0', '9') && !version.StartsWith("0.0.0", StringComparison.Ordinal));

    /// <summary>Part of a Java runtime, which no repository of Maven has.</summary>
    public bool IsOfRuntime => this["Implementation-Title"] is "Java Runtime Environment" || this["Specification-Title"] is "Java Platform API Specification";

    /// <summary>OSGi Core 8, section 3.2.1.11: names or addresses, separated by commas, each with attributes after a semicolon.</summary>
    public IReadOnlyList<string> Licences => this["Bundle-License"] is not { } all ? [] :
        [.. all.Split(',').Select(licence => licence.Split(';')[0].Trim(' ', '"'))
            .Where(licence => licence.Length is > 0 and <= Characters && licence != "<<EXTERNAL>>" && !licence.Contains('=', StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Take(LicencesAtMost)];
}
