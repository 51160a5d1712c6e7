using System.Text;

namespace Plimsoll.Engine.Packages.Dpkg;

/// <summary>
/// The licences of a package by its copyright file, <c>usr/share/doc/&lt;package&gt;/copyright</c>: the License fields of the machine-readable
/// form (Debian copyright format 1.0), and in free text the licences of <c>/usr/share/common-licenses</c> that it refers to.
/// </summary>
internal sealed class DpkgLicenceReader : IPackageReader
{
    const int CopyrightBytes = 4 << 20;

    /// <summary>A package with more has the licences of half the world in it: the first tell enough.</summary>
    const int Most = 64;

    static ReadOnlySpan<byte> Folder => "usr/share/doc/"u8;

    static ReadOnlySpan<byte> File => "/copyright"u8;

    static ReadOnlySpan<byte> Common => "/usr/share/common-licenses/"u8;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.EndsWith(File) && path.StartsWith(Folder) && path.Length > Folder.Length + File.Length && path[Folder.Length..^File.Length].IndexOf((byte)'/') < 0;

    public PackageEvidence Read(EvidenceFile file)
    {
        var content = file.All(CopyrightBytes);
        var licences = content[..Math.Min(content.Length, 2048)].IndexOf("Format:"u8) >= 0 ? Fields(content) : [];
        if (licences.Count == 0)
            licences = References(content);
        var package = file.Path[Folder.Length..^File.Length];
        return licences.Count == 0 ? PackageEvidence.None
            : PackageEvidence.None with { Licences = new Dictionary<string, IReadOnlyList<string>> { [package] = [.. licences] } };
    }

    // "License: GPL-2+ or Artistic"; the text of the licence follows in lines that begin with a space.
    static SortedSet<string> Fields(ReadOnlySpan<byte> content)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var range in content.Split((byte)'\n'))
        {
            var line = content[range];
            if (line.StartsWith("License:"u8) && Short(line["License:"u8.Length..]) is { } licence && found.Count < Most)
                found.Add(licence);
        }
        return found;
    }

    static SortedSet<string> References(ReadOnlySpan<byte> content)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        for (int at; (at = content.IndexOf(Common)) >= 0 && found.Count < Most;)
        {
            content = content[(at + Common.Length)..];
            var end = content.IndexOfAnyExcept(Name);
            if (Short(content[..(end < 0 ? content.Length : end)].TrimEnd((byte)'.')) is { } licence)
                found.Add(licence);
        }
        return found;
    }

    static string? Short(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text).Trim() is { Length: > 0 and < 200 } name ? name : null;

    static System.Buffers.SearchValues<byte> Name { get; } =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.+-_"u8);
}
