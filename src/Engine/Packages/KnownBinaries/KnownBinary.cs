using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.KnownBinaries;

/// <summary>A well-known program, and how its version stands in it.</summary>
/// <param name="Name">As vulnerability databases name the product.</param>
/// <param name="FileNames">What may follow is a version: <c>python</c> is also <c>python3.11</c>, <c>libpython</c> also <c>libpython3.11.so.1.0</c>.</param>
/// <param name="Literal">What the file is searched for. A <c>*</c> stands for the series (3.11), which the file's name says, or <see cref="Series"/>.</param>
/// <param name="Version">Matches the literal with what surrounds it, as Latin-1, so that each byte is a character. Its group 1 is the version.</param>
internal sealed record KnownBinary(string Name, string[] FileNames, string Literal, Regex Version)
{
    /// <summary>Bytes around the literal that the expression sees.</summary>
    const int Before = 128, After = 128;

    /// <summary>A literal may stand in other places than the version's.</summary>
    const int MostOccurrences = 256;

    static readonly SearchValues<byte> OfVersion = SearchValues.Create("0123456789."u8);
    static readonly SearchValues<byte> OfProgram = SearchValues.Create("0123456789.-mt"u8);

    // Python wheels carry libraries with a hash in their names: libcrypto-3dc29cf0.so.1.1.
    static readonly SearchValues<byte> OfLibrary = SearchValues.Create("0123456789.-mtabcdef"u8);

    /// <summary>Where the series stands in a file whose name is without it: its expression has the parts of it in groups.</summary>
    public (string Literal, Regex Parts)? Series { get; init; }

    readonly byte[][] _fileNames = [.. FileNames.Select(Encoding.ASCII.GetBytes)];

    public bool IsNamed(ReadOnlySpan<byte> name) => Suffix(name, out _);

    /// <summary>Null where the file has none.</summary>
    public string? VersionIn(EvidenceFile file, ReadOnlySpan<byte> name)
    {
        if (!Suffix(name, out var suffix))
            return null;
        if (!Literal.Contains('*', StringComparison.Ordinal))
            return Search(file, Literal, Version);
        var series = MajorAndMinor(suffix) is { IsEmpty: false } inName ? Encoding.ASCII.GetString(inName) : Series is { } inside ? Search(file, inside.Literal, inside.Parts) : null;
        return series is null ? null : Search(file, Literal.Replace("*", series, StringComparison.Ordinal), Version);
    }

    // The groups of the first match, joined by dots.
    static string? Search(EvidenceFile file, string text, Regex expression)
    {
        var literal = Encoding.Latin1.GetBytes(text);
        Span<byte> around = stackalloc byte[Before + After];
        var at = -1L;
        for (var i = 0; i < MostOccurrences && (at = Occurrences.Next(file, literal, at + 1, file.Length)) >= 0; i++)
        {
            var from = Math.Max(0, at - Before);
            var surroundings = Encoding.Latin1.GetString(around[..file.ReadAt(from, around)]);
            // Not what the expression finds beside the literal.
            for (var match = expression.Match(surroundings); match.Success; match = match.NextMatch())
                if (match.Index <= at - from && match.Index + match.Length >= at - from + literal.Length)
                    return string.Join('.', match.Groups.Values.Skip(1).Select(group => group.Value));
        }
        return null;
    }

    bool Suffix(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> suffix)
    {
        foreach (var start in _fileNames)
            if (name.StartsWith(start) && IsVersion(name[start.Length..]))
            {
                suffix = name[start.Length..];
                return true;
            }
        suffix = default;
        return false;
    }

    static bool IsVersion(ReadOnlySpan<byte> suffix)
    {
        if (suffix.EndsWith(".exe"u8))
            suffix = suffix[..^4];
        var library = suffix.IndexOf(".so"u8);
        return library < 0 ? suffix.IndexOfAnyExcept(OfProgram) < 0
            : suffix[..library].IndexOfAnyExcept(OfLibrary) < 0 && suffix[(library + 3)..].IndexOfAnyExcept(OfVersion) < 0;
    }

    static ReadOnlySpan<byte> MajorAndMinor(ReadOnlySpan<byte> suffix)
    {
        var major = Digits(suffix);
        if (major == 0 || major == suffix.Length || suffix[major] != '.')
            return [];
        var minor = Digits(suffix[(major + 1)..]);
        return minor == 0 ? [] : suffix[..(major + 1 + minor)];
    }

    static int Digits(ReadOnlySpan<byte> text) => text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : text.Length;
}
