using System.IO.Compression;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.Rust;

/// <summary>The crates that a Rust program was built of, where cargo-auditable left them in it: zlib-compressed JSON in the section <c>.dep-v0</c>.</summary>
internal sealed class RustReader : IPackageReader
{
    const int SectionBytes = 4 << 20;
    const int JsonBytes = 16 << 20;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => Executable.MayBe(path, head);

    public PackageEvidence Read(EvidenceFile file)
    {
        if (Executable.Open(file)?.Section(".dep-v0") is not { } section || section.Length > SectionBytes)
            return PackageEvidence.None;
        using var json = JsonText.Parse(new EvidenceFile(file.Path, Inflate(file.Slice(section.Offset, section.Length).ToArray())), JsonBytes);
        // Build scripts and procedural macros ran while it was built, and are not in it.
        return new PackageEvidence([.. json.RootElement.Member("packages").Items()
            .Where(package => package.Text("kind") != "build" && package.Text("name") is not null && package.Text("version") is not null)
            .Select(package => new InstalledPackage("cargo", package.Text("name")!, package.Text("version")!))], []);
    }

    static byte[] Inflate(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = zlib.Read(buffer)) > 0;)
        {
            plain.Write(buffer, 0, read);
            if (plain.Length > JsonBytes)
                throw new MalformedFileException("its list of crates is too large");
        }
        return plain.ToArray();
    }
}
