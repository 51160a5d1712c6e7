using System.Text;

namespace Plimsoll.Engine.Packages.Dpkg;

/// <summary>
/// Debian's package database: <c>var/lib/dpkg/status</c>, and one file per package in <c>var/lib/dpkg/status.d</c> where images are
/// built without dpkg (distroless). Format: deb822(5), dpkg(1) "PACKAGE STATES".
/// </summary>
internal sealed class DpkgReader : IPackageReader
{
    const int DatabaseBytes = 64 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.StartsWith("var/lib/dpkg/"u8)
        && (path.SequenceEqual("var/lib/dpkg/status"u8) || path.StartsWith("var/lib/dpkg/status.d/"u8) && !path.EndsWith(".md5sums"u8));

    public PackageEvidence Read(EvidenceFile file)
    {
        var packages = new List<InstalledPackage>();
        var notes = new List<string>();
        foreach (var fields in Stanzas(Encoding.UTF8.GetString(file.All(DatabaseBytes))))
        {
            if (!IsInstalled(fields.GetValueOrDefault("Status")))
                continue;
            if (fields.GetValueOrDefault("Package") is not { Length: > 0 } name || fields.GetValueOrDefault("Version") is not { Length: > 0 } version)
                notes.Add($"{file.Path}: a record without a package name or version was left out");
            else
                packages.Add(new InstalledPackage("deb", name, version) { Architecture = fields.GetValueOrDefault("Architecture"), Source = SourceOf(fields, version) });
        }
        return new PackageEvidence(packages, notes);
    }

    // "want flag state": what was wanted of the package does not matter, what its state is does. Distroless writes no status at all.
    static bool IsInstalled(string? status) =>
        status?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [_, _, "not-installed" or "config-files"];

    // "name" or "name (version)"; the source has the binary's version when it names none.
    static SourcePackage? SourceOf(Dictionary<string, string> fields, string version)
    {
        if (fields.GetValueOrDefault("Source") is not { Length: > 0 } source)
            return null;
        var open = source.IndexOf('(', StringComparison.Ordinal);
        return open < 0
            ? new SourcePackage(source, version)
            : new SourcePackage(source[..open].Trim(), source[(open + 1)..].Trim(')', ' '));
    }

    static IEnumerable<Dictionary<string, string>> Stanzas(string text)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')))
        {
            if (line.Length == 0)
            {
                if (fields.Count > 0)
                    yield return fields;
                fields = new(StringComparer.OrdinalIgnoreCase);
            }
            else if (line[0] is not (' ' or '\t' or '#') && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
                fields[line[..colon]] = line[(colon + 1)..].Trim();
        }
        if (fields.Count > 0)
            yield return fields;
    }
}
