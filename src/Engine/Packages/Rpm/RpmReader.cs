using System.Text;

namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>
/// rpm's database in each of its three formats, <c>Packages</c> (BerkeleyDB hash), <c>Packages.db</c> (NDB) and <c>rpmdb.sqlite</c>, which all
/// hold one header for a package, and the manifest that CBL-Mariner's distroless images have in its place.
/// </summary>
internal sealed class RpmReader : IPackageReader
{
    /// <summary>What the largest distribution has packages, and ten times what a large system has files.</summary>
    const int Most = 100_000, MostOwned = 4_000_000;

    const int ManifestBytes = 16 << 20;

    static ReadOnlySpan<byte> Manifest => "var/lib/rpmmanifest/container-manifest-2"u8;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) =>
        (path.StartsWith("var/lib/rpm"u8) || path.StartsWith("usr/lib/sysimage/rpm/"u8) || path.StartsWith("usr/share/rpm/"u8))
        && (IsDatabase(path, "var/lib/rpm/"u8) || IsDatabase(path, "usr/lib/sysimage/rpm/"u8) || IsDatabase(path, "usr/share/rpm/"u8) || path.SequenceEqual(Manifest));

    public PackageEvidence Read(EvidenceFile file)
    {
        if (file.Path.EndsWith("container-manifest-2", StringComparison.Ordinal))
            return MarinerManifest.Read(file.Path, Encoding.UTF8.GetString(file.All(ManifestBytes)));
        var (packages, notes, owned) = (new List<InstalledPackage>(), new FileNotes(file.Path), new List<OwnedPath>());
        try
        {
            foreach (var blob in Headers(file))
                if (packages.Count == Most || owned.Count > MostOwned)
                    throw new MalformedFileException("it has more packages or files than any system has");
                else
                    Add(blob, packages, notes, owned);
        }
        catch (MalformedFileException e) when (packages.Count > 0)
        {
            notes.Add($"{e.Message}; the {packages.Count} packages before that are reported");
        }
        return new PackageEvidence(packages, notes.ToList()) { Owned = owned };
    }

    static bool IsDatabase(ReadOnlySpan<byte> path, ReadOnlySpan<byte> folder) => path.StartsWith(folder)
        && path[folder.Length..] is var name && (name.SequenceEqual("Packages"u8) || name.SequenceEqual("Packages.db"u8) || name.SequenceEqual("rpmdb.sqlite"u8));

    static IEnumerable<ReadOnlyMemory<byte>> Headers(EvidenceFile file) => file.Path[(file.Path.LastIndexOf('/') + 1)..] switch
    {
        "Packages" => BerkeleyHash.Values(file),
        "Packages.db" => NdbFile.Blobs(file),
        _ => SqliteFile.Blobs(file, "Packages"),
    };

    static void Add(ReadOnlyMemory<byte> blob, List<InstalledPackage> packages, FileNotes notes, List<OwnedPath> owned)
    {
        if (RpmHeader.Parse(blob.Span) is not { } header || header.Text(RpmTag.Name) is not { } name || header.Text(RpmTag.Version) is not { } version)
            notes.Add("a record without a package name or version was left out");
        // Keys are kept in the database as if they were packages.
        else if (name != "gpg-pubkey")
        {
            packages.Add(RpmPackage.Of(header, name, version));
            owned.AddRange(header.Files().Select(file => OwnedPath.Of(file, name)));
        }
    }
}
