using System.Text;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.KnownBinaries;

/// <summary>Finds the versions of well-known programs that no package manager knows of, in the programs themselves.</summary>
internal sealed class KnownBinaryReader : IPackageReader
{
    const int WindowBytes = 1 << 20;

    /// <summary>Around what was found: more than any version takes.</summary>
    const int Before = 128, After = 128;

    /// <summary>A literal that occurs more often than this tells nothing.</summary>
    const int Tries = 20_000;

    public bool Wants(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => Executable.MayBe(path, head) && Known(path) is not null;

    public PackageEvidence Read(EvidenceFile file) =>
        Known(Encoding.UTF8.GetBytes(file.Path)) is { } known && VersionIn(file, known) is { } version
            ? new PackageEvidence([new InstalledPackage("generic", known.Name, version)], []) : PackageEvidence.None;

    static KnownBinary? Known(ReadOnlySpan<byte> path)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        foreach (var known in KnownBinaryTable.All)
            foreach (var file in known.Files)
                if (Begins(name, file))
                    return known;
        return null;
    }

    // python3, python3.11, libnode.so.108, php-fpm8.2, and not python3-config or nodejs-helper.
    static bool Begins(ReadOnlySpan<byte> name, string file)
    {
        if (name.Length < file.Length)
            return false;
        for (var i = 0; i < file.Length; i++)
            if (name[i] != file[i])
                return false;
        var rest = name[file.Length..];
        return rest.IsEmpty || rest[0] is (byte)'.' or (>= (byte)'0' and <= (byte)'9') || rest.StartsWith("-fpm"u8) || rest.StartsWith("-cgi"u8) || rest.SequenceEqual("js"u8)
            || rest[0] == '-' && rest.Length > 1 && char.IsAsciiDigit((char)rest[1]);
    }

    static string? VersionIn(EvidenceFile file, KnownBinary known)
    {
        var window = new byte[(int)Math.Min(WindowBytes, file.Length)];
        var tries = 0;
        for (long at = 0; at < file.Length; at += WindowBytes - Before - After)
        {
            var read = window.AsSpan(0, file.ReadAt(at, window));
            for (int found, from = 0; (found = read[from..].IndexOf(known.Literal)) >= 0 && tries++ < Tries; from += found + 1)
            {
                var start = Math.Max(0, from + found - Before);
                var text = Encoding.Latin1.GetString(read[start..Math.Min(read.Length, from + found + After)]);
                if (known.Version.Match(text) is { Success: true } match)
                    return match.Groups[1].Value;
            }
        }
        return null;
    }
}
