using System.Text;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.Go;

/// <summary>
/// What the Go linker leaves in every program (Go's <c>debug/buildinfo</c>): a header of 32 bytes that begins with a magic and names or holds two strings.
/// Since Go 1.18 they follow the header, each behind its length; before, the header has the addresses of two Go strings.
/// </summary>
/// <param name="GoVersion">Of the toolchain: <c>go1.22.1</c>.</param>
/// <param name="Modules">Lines that <see cref="ModuleText"/> reads; empty for a program built without modules.</param>
internal sealed record BuildInfo(string GoVersion, string Modules)
{
    const int HeaderBytes = 32, Alignment = 16, PointerSizeAt = 14, FlagsAt = 15, FirstPointerAt = 16;
    const int BigEndianFlag = 1, InlineFlag = 2;
    const int MostCandidates = 64, LongestVersion = 1 << 10, LongestModules = 4 << 20;

    /// <summary>How much of the variables of a program that may not even be of Go is searched. The linker puts the header in front of them.</summary>
    const long MostSearched = 64 << 20;

    // 0xFF is no UTF-8: it cannot stand in a literal.
    static ReadOnlySpan<byte> Magic => [0xFF, (byte)' ', (byte)'G', (byte)'o', (byte)' ', (byte)'b', (byte)'u', (byte)'i', (byte)'l', (byte)'d', (byte)'i', (byte)'n', (byte)'f', (byte)':'];

    /// <summary>Null for a program that is not of Go.</summary>
    public static BuildInfo? In(Executable executable)
    {
        var section = executable.SectionOf(".go.buildinfo") ?? executable.SectionOf("__go_buildinfo");
        if (section is not null)
            return Search(executable, section.Offset, section.Size, section.Address);
        return executable.FirstData is { } data ? Search(executable, data.Offset, data.Size, data.Address) : null;
    }

    static BuildInfo? Search(Executable executable, long offset, long size, ulong address)
    {
        MalformedFileException? malformed = null;
        var end = offset + Math.Min(size, Math.Min(MostSearched, Math.Max(0, executable.File.Length - offset)));
        var at = offset - 1;
        for (var candidate = 0; candidate < MostCandidates && (at = Occurrences.Next(executable.File, Magic, at + 1, end)) >= 0; candidate++)
        {
            // The magic is also a text of every program that looks for it.
            if (unchecked(address + (ulong)(at - offset)) % Alignment != 0)
                continue;
            try
            {
                if (At(executable, at) is { GoVersion.Length: > 0 } info)
                    return info;
            }
            catch (MalformedFileException e)
            {
                malformed = e;
            }
        }
        return malformed is null ? null : throw new MalformedFileException($"its Go build information is broken: {malformed.Message}", malformed);
    }

    static BuildInfo? At(Executable executable, long at)
    {
        var header = executable.File.Slice(at, HeaderBytes).Span;
        if ((header[FlagsAt] & InlineFlag) != 0)
        {
            var next = at + HeaderBytes;
            return new BuildInfo(Text(Inline(executable.File, ref next, LongestVersion)), Strip(Inline(executable.File, ref next, LongestModules)));
        }
        if (header[PointerSizeAt] is not (4 or 8))
            return null;
        var pointers = new Pointers(executable, header[PointerSizeAt], (header[FlagsAt] & BigEndianFlag) != 0);
        return new BuildInfo(
            Text(pointers.StringAt(pointers.Read(header[FirstPointerAt..]), LongestVersion)),
            Strip(pointers.StringAt(pointers.Read(header[(FirstPointerAt + pointers.Size)..]), LongestModules)));
    }

    static ReadOnlySpan<byte> Inline(EvidenceFile file, ref long at, int longest)
    {
        long length = 0;
        for (var shift = 0; ; shift += 7)
        {
            var part = file.Slice(at++, 1).Span[0];
            length |= (long)(part & 0x7F) << shift;
            if (length > longest || shift > 21)
                throw new MalformedFileException("a text of it is too long");
            if (part < 0x80)
                break;
        }
        var text = file.Slice(at, length).Span;
        at += length;
        return text;
    }

    // The module text stands between two marks of 16 bytes, and ends with a line feed.
    static string Strip(ReadOnlySpan<byte> text) => text.Length >= 33 && text[^17] == '\n' ? Text(text[16..^16]) : "";

    static string Text(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text);

    readonly record struct Pointers(Executable Executable, int Size, bool BigEndian)
    {
        public ulong Read(ReadOnlySpan<byte> bytes) => new Fields(bytes, BigEndian, Size == 8).Word(0, 0);

        /// <summary>A Go string: its address, then its length.</summary>
        public ReadOnlySpan<byte> StringAt(ulong address, int longest)
        {
            if (address == 0)
                return [];
            var header = Executable.AtAddress(address, 2L * Size).Span;
            var length = Read(header[Size..]);
            if (length > (ulong)longest)
                throw new MalformedFileException("a text of it is too long");
            return length == 0 ? [] : Executable.AtAddress(Read(header), (long)length).Span;
        }
    }
}
