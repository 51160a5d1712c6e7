using System.IO.Compression;
using System.Text.Json;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.Rust;

/// <summary>
/// The crates that a Rust program was built from, where <c>cargo auditable</c> built it: JSON, compressed by zlib, in the section <c>.dep-v0</c>
/// (cargo-auditable's <c>PARSING.md</c> and its JSON schema).
/// </summary>
internal sealed class RustReader : IPackageReader
{
    /// <summary>Bytes of the compressed and of the inflated list. That of a program of a thousand crates has some hundred thousand.</summary>
    const int MostBytes = 8 << 20;

    /// <summary>Crates of all architectures. Large programs have a thousand.</summary>
    const int Most = 100_000;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => ExecutableKinds.MayHoldPackages(path, head);

    public PackageEvidence Read(EvidenceFile file)
    {
        var (packages, notes) = (new List<InstalledPackage>(), new FileNotes(file.Path));
        foreach (var executable in Executable.In(file))
            if (executable.SectionOf(".dep-v0") is { } section)
                Crates(new EvidenceFile(file.Path, Inflate(file, section)), packages, notes);
        // The architectures of a fat file are built from the same crates.
        return PackageEvidence.Of([.. packages.DistinctBy(package => (package.Name, package.Version))], notes.ToList());
    }

    static ReadOnlyMemory<byte> Inflate(EvidenceFile file, Section section)
    {
        if (section.Size > MostBytes)
            throw new MalformedFileException("its list of crates is too large");
        using var zlib = new ZLibStream(new MemoryStream(file.Slice(section.Offset, section.Size).ToArray()), CompressionMode.Decompress);
        var inflated = new MemoryStream();
        var part = new byte[16 << 10];
        while (zlib.Read(part) is var read and > 0)
        {
            if (inflated.Length + read > MostBytes)
                throw new MalformedFileException("its list of crates is too large");
            inflated.Write(part, 0, read);
        }
        return inflated.GetBuffer().AsMemory(0, (int)inflated.Length);
    }

    static void Crates(EvidenceFile list, List<InstalledPackage> packages, FileNotes notes)
    {
        var json = JsonEvidence.Open(list, MostBytes);
        var has = false;
        if (json.TokenType == JsonTokenType.StartObject)
            while (json.Next(out var property))
                if (property.SequenceEqual("packages"u8) && json.TokenType == JsonTokenType.StartArray)
                {
                    has = true;
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                        Crate(ref json, packages, notes);
                }
                else
                    json.Skip();
        if (!has)
            throw new MalformedFileException("its list of crates has no packages");
    }

    static void Crate(ref Utf8JsonReader json, List<InstalledPackage> packages, FileNotes notes)
    {
        string? name = null, version = null, kind = null;
        if (json.TokenType != JsonTokenType.StartObject)
            json.Skip();
        else
            while (json.Next(out var property))
                if (property.SequenceEqual("name"u8))
                    name = json.Text();
                else if (property.SequenceEqual("version"u8))
                    version = json.Text();
                else if (property.SequenceEqual("kind"u8))
                    kind = json.Text();
                else
                    json.Skip();
        if (name is null || version is null)
            notes.Add("a crate without a name or version");
        // Build scripts and macros ran while it was built; they are not in it.
        else if (kind != "build")
            packages.Add(packages.Count < Most ? new InstalledPackage("cargo", name, version) : throw new MalformedFileException("it has more crates than any program"));
    }
}
