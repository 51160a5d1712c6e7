using System.Text;

namespace Plimsoll.Engine.Packages.Apk;

/// <summary>
/// Alpine's package database, <c>lib/apk/db/installed</c> and, since apk-tools 3, <c>usr/lib/apk/db/installed</c>: records of
/// one-letter fields, parted by blank lines (apk-tools, "Apk spec", installed database).
/// </summary>
internal sealed class ApkReader : IPackageReader
{
    public bool Wants(ReadOnlySpan<byte> path) => path.SequenceEqual("lib/apk/db/installed"u8) || path.SequenceEqual("usr/lib/apk/db/installed"u8);

    public PackageList Read(string path, ReadOnlySpan<byte> content)
    {
        var packages = new List<InstalledPackage>();
        var notes = new List<string>();
        var fields = new Dictionary<char, string>();
        foreach (var line in Encoding.UTF8.GetString(content).Split('\n').Append(""))
        {
            if (line.Length > 2 && line[1] == ':')
                fields.TryAdd(line[0], line[2..].Trim());
            if (line.Length > 0 || fields.Count == 0)
                continue;
            if (fields.GetValueOrDefault('P') is { Length: > 0 } name && fields.GetValueOrDefault('V') is { Length: > 0 } version)
                packages.Add(new InstalledPackage("apk", name, version, fields.GetValueOrDefault('A'), SourceOf(fields, version), LicencesOf(fields)));
            else
                notes.Add($"{path}: a record without a package name or version was left out");
            fields.Clear();
        }
        return new PackageList(packages, notes);
    }

    // The origin is built at the same version as its sub-packages.
    static SourcePackage? SourceOf(Dictionary<char, string> fields, string version) =>
        fields.GetValueOrDefault('o') is { Length: > 0 } origin && origin != fields['P'] ? new SourcePackage(origin, version) : null;

    static IReadOnlyList<string> LicencesOf(Dictionary<char, string> fields) =>
        fields.GetValueOrDefault('L') is { Length: > 0 } licence ? [licence] : [];
}
