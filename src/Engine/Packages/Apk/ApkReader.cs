using System.Text;

namespace Plimsoll.Engine.Packages.Apk;

/// <summary>
/// Alpine's package database, <c>lib/apk/db/installed</c> and, since apk-tools 3, <c>usr/lib/apk/db/installed</c>: records of
/// one-letter fields, parted by blank lines (apk-tools, "Apk spec", installed database).
/// </summary>
internal sealed class ApkReader : IPackageReader
{
    const int DatabaseBytes = 64 << 20;

    /// <summary>Linux's PATH_MAX. A longer one would be copied for each file in it.</summary>
    const int FolderLength = 4096;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.SequenceEqual("lib/apk/db/installed"u8) || path.SequenceEqual("usr/lib/apk/db/installed"u8);

    public PackageEvidence Read(EvidenceFile file)
    {
        var packages = new List<InstalledPackage>();
        var owned = new List<OwnedPath>();
        var notes = new FileNotes(file.Path);
        var fields = new Dictionary<char, string>();
        var paths = new List<string>();
        var folder = "";
        foreach (var line in TextLines.Of(Encoding.UTF8.GetString(file.All(DatabaseBytes))).Append(""))
        {
            if (line.Length >= 2 && line[1] == ':')
            {
                // A folder, then the files that the package has in it.
                if (line[0] == 'F')
                    folder = line[2..];
                else if (line[0] == 'R')
                {
                    if (folder.Length <= FolderLength)
                        paths.Add(folder.Length == 0 ? line[2..] : $"{folder}/{line[2..]}");
                }
                else
                    fields.TryAdd(line[0], line[2..].Trim());
            }
            if (line.Length > 0 || fields.Count == 0)
                continue;
            if (PackageOf(fields) is { } package)
            {
                packages.Add(package);
                owned.AddRange(paths.Select(path => OwnedPath.Of(Encoding.UTF8.GetBytes(path), package.Name)));
            }
            else
                notes.Add("a record without a package name or version was left out");
            fields.Clear();
            paths.Clear();
            folder = "";
        }
        return new PackageEvidence(packages, notes.ToList()) { Owned = owned };
    }

    static InstalledPackage? PackageOf(Dictionary<char, string> fields) =>
        fields.GetValueOrDefault('P') is { Length: > 0 } name && fields.GetValueOrDefault('V') is { Length: > 0 } version
            ? new InstalledPackage("apk", name, version)
            {
                Architecture = fields.GetValueOrDefault('A'),
                // The origin is built at the same version as its sub-packages.
                Source = fields.GetValueOrDefault('o') is { Length: > 0 } origin && origin != name ? new SourcePackage(origin, version) : null,
                Licences = fields.GetValueOrDefault('L') is { Length: > 0 } licence ? [licence] : [],
            }
            : null;
}
