namespace Plimsoll.Engine.Packages.Dpkg;

/// <summary>
/// Which package owns which file: <c>var/lib/dpkg/info/&lt;package&gt;.list</c>, a path on each line, and in distroless images
/// <c>var/lib/dpkg/status.d/&lt;package&gt;.md5sums</c>, an MD5 sum and a path without a leading slash on each line.
/// </summary>
internal sealed class DpkgFilesReader : IPackageReader
{
    const int ListBytes = 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        path.StartsWith("var/lib/dpkg/"u8)
        && (path.StartsWith("var/lib/dpkg/info/"u8) && path.EndsWith(".list"u8) || path.StartsWith("var/lib/dpkg/status.d/"u8) && path.EndsWith(".md5sums"u8));

    public PackageEvidence Read(EvidenceFile file)
    {
        var sums = file.Path.EndsWith(".md5sums", StringComparison.Ordinal);
        var package = PackageOf(file.Path);
        var owned = new List<OwnedPath>();
        var content = file.All(ListBytes);
        foreach (var range in content.Split((byte)'\n'))
        {
            var path = content[range];
            if (sums)
                path = path[Math.Min(path.Length, path.IndexOf((byte)' ') + 1)..].TrimStart((byte)' ');
            if (path.Length > 1)
                owned.Add(OwnedPath.Of(path, package));
        }
        return PackageEvidence.None with { Owned = owned };
    }

    // "libc6:amd64.list" for a package that may be there for several architectures.
    static string PackageOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..path.LastIndexOf('.')];
        return name.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0 ? name[..colon] : name;
    }
}
