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
                Crates(Inflate(file, section), packages, notes);
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

    static void Crates(ReadOnlyMemory<byte> json, List<InstalledPackage> packages, FileNotes notes)
    {
        using var document = JsonDocument.Parse(json);
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("packages", out var crates) || crates.ValueKind != JsonValueKind.Array)
            throw new MalformedFileException("its list of crates has no packages");
        if (packages.Count + crates.GetArrayLength() > Most)
            throw new MalformedFileException("it has more crates than any program");
        foreach (var crate in crates.EnumerateArray())
            if (TextOf(crate, "name") is { Length: > 0 } name && TextOf(crate, "version") is { Length: > 0 } version)
            {
                // Build scripts and macros ran while it was built; they are not in it.
                if (TextOf(crate, "kind") != "build")
                    packages.Add(new InstalledPackage("cargo", name, version));
            }
            else
                notes.Add("a crate without a name or version");
    }

    static string? TextOf(JsonElement crate, string property)
    {
        try
        {
            return crate.ValueKind == JsonValueKind.Object && crate.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }
}
