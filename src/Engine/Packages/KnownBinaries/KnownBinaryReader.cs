using System.Buffers;
using System.Text;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.KnownBinaries;

/// <summary>The versions of well-known programs that no package manager installed, from the programs themselves.</summary>
internal sealed class KnownBinaryReader : IPackageReader
{
    static readonly SearchValues<byte> OfKey = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"u8);

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        if (!ExecutableKinds.MayHoldPackages(path, head))
            return name.SequenceEqual("release"u8) && IsSettings(head) || name.SequenceEqual("VERSION"u8) && head.StartsWith("go1."u8);
        foreach (var program in KnownBinaryList.All)
            if (program.IsNamed(name))
                return true;
        return false;
    }

    public PackageEvidence Read(EvidenceFile file)
    {
        var name = Encoding.UTF8.GetBytes(file.Path[(file.Path.LastIndexOf('/') + 1)..]);
        foreach (var program in KnownBinaryList.All)
            if (program.VersionIn(file, name) is { } version)
                return new PackageEvidence([new InstalledPackage("generic", program.Name, version)], []);
        return PackageEvidence.None;
    }

    // A JDK's begins with NAME="value"; there are other files of that name, such as those in /etc.
    static bool IsSettings(ReadOnlySpan<byte> head) =>
        head.IndexOf("=\""u8) is var equals and > 0 && head[..equals].IndexOfAnyExcept(OfKey) < 0;
}
