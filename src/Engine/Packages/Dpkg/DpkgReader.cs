using System.Text;

namespace Plimsoll.Engine.Packages.Dpkg;

/// <summary>
/// Debian's package database: <c>var/lib/dpkg/status</c>, and one file per package in <c>var/lib/dpkg/status.d</c> where images are
/// built without dpkg (distroless). Format: deb822(5), dpkg(1) "PACKAGE STATES".
/// </summary>
internal sealed class DpkgReader : IPackageReader
{
    const int DatabaseBytes = 64 << 20;

    /// <summary>A record has some dozens of fields, and a hostile one a million.</summary>
    static readonly string[] Kept = ["Package", "Version", "Status", "Architecture", "Source"];

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.StartsWith("var/lib/dpkg/"u8)
        && (path.SequenceEqual("var/lib/dpkg/status"u8) || path.StartsWith("var/lib/dpkg/status.d/"u8) && !path.EndsWith(".md5sums"u8));

    public PackageEvidence Read(EvidenceFile file)
    {
        var packages = new List<InstalledPackage>();
        var notes = new FileNotes(file.Path);
        foreach (var fields in Stanzas(Encoding.UTF8.GetString(file.All(DatabaseBytes))))
        {
            if (!IsInstalled(fields.GetValueOrDefault("Status")))
                continue;
            if (fields.GetValueOrDefault("Package") is not { Length: > 0 } name || fields.GetValueOrDefault("Version") is not { Length: > 0 } version)
                notes.Add("a record without a package name or version was left out");
            else
                packages.Add(new InstalledPackage("deb", name, version) { Architecture = fields.GetValueOrDefault("Architecture"), Source = SourceOf(fields, version) });
        }
        return new PackageEvidence(packages, notes.ToList());
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
        var isOpen = false;
        foreach (var line in TextLines.Of(text).Select(line => line.TrimEnd('\r')).Append(""))
        {
            if (line.Length == 0)
            {
                if (isOpen)
                    yield return fields;
                (fields, isOpen) = (isOpen ? new(StringComparer.OrdinalIgnoreCase) : fields, false);
            }
            else if (line[0] is not (' ' or '\t' or '#') && line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0)
            {
                isOpen = true;
                if (IsKept(line.AsSpan(0, colon)))
                    fields[line[..colon]] = line[(colon + 1)..].Trim();
            }
        }
    }

    static bool IsKept(ReadOnlySpan<char> field)
    {
        foreach (var kept in Kept)
            if (field.Equals(kept, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
