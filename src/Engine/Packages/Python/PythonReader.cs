using System.Text;

namespace Plimsoll.Engine.Packages.Python;

/// <summary>
/// Installed Python distributions: <c>*.dist-info/METADATA</c> (PEP 376, core metadata specification), <c>*.egg-info/PKG-INFO</c>, a file
/// <c>*.egg-info</c> as distutils writes it, and unpacked eggs.
/// </summary>
internal sealed class PythonReader : IPackageReader
{
    const int MetadataBytes = 4 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.EndsWith(".dist-info/METADATA"u8) || path.EndsWith(".egg-info/PKG-INFO"u8) || path.EndsWith(".egg/EGG-INFO/PKG-INFO"u8) || path.EndsWith(".egg-info"u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        var headers = Headers(Encoding.UTF8.GetString(file.All(MetadataBytes)));
        if (First(headers, "Name") is not { } name || First(headers, "Version") is not { } version)
            return PackageEvidence.None with { Notes = [$"{file.Path}: it names no distribution or no version"] };
        return new PackageEvidence([new InstalledPackage("pypi", name, version) { Licences = [.. Licences(headers)] }], []);
    }

    // Headers as in RFC 822, up to the first empty line; a line that begins with a space goes on with the one before.
    static List<KeyValuePair<string, string>> Headers(string text)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (line.IsEmpty)
                break;
            if (line[0] is not (' ' or '\t') && line.IndexOf(':') is var colon and > 0)
                headers.Add(new(line[..colon].ToString(), line[(colon + 1)..].Trim().ToString()));
        }
        return headers;
    }

    static string? First(List<KeyValuePair<string, string>> headers, string name) =>
        headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value is { Length: > 0 and <= 256 } value && value != "UNKNOWN" ? value : null;

    // PEP 639's expression says it best; then the licence field, where it is a name and not a text; then the classifiers.
    static IEnumerable<string> Licences(List<KeyValuePair<string, string>> headers)
    {
        if ((First(headers, "License-Expression") ?? First(headers, "License")) is { Length: <= 120 } licence)
            return [licence];
        const string Classifier = "License :: ";
        return headers.Where(header => header.Key.Equals("Classifier", StringComparison.OrdinalIgnoreCase) && header.Value.StartsWith(Classifier, StringComparison.Ordinal))
            .Select(header => header.Value.Split(" :: ")[^1]).Where(name => name != "OSI Approved").Distinct(StringComparer.Ordinal);
    }
}
