using System.Text;
using Plimsoll.Engine.Packages.Executables;

namespace Plimsoll.Engine.Packages.Go;

/// <summary>What the Go linker says of a program.</summary>
/// <param name="GoVersion">Such as <c>go1.22.3</c>.</param>
/// <param name="Modules">Lines of tab-separated fields: path, mod, dep, =>, build.</param>
internal sealed record BuildInfo(string GoVersion, string Modules)
{
    const int Alignment = 16;
    const int HeadBytes = 32;
    const int WindowBytes = 1 << 20;

    /// <summary>The linker puts it at the start of the data; this much of it is searched where no section tells.</summary>
    const long SearchedBytes = 64 << 20;

    const int VersionBytes = 256;
    const int ModulesBytes = 8 << 20;

    static readonly byte[] Magic = [0xff, .. " Go buildinf:"u8];

    /// <summary>Null for a program of another language.</summary>
    public static BuildInfo? Of(Executable program)
    {
        var named = program.Section(".go.buildinfo") ?? program.Section("__go_buildinfo");
        foreach (var area in named is { } section ? [section] : program.Segments.Where(segment => segment.Data).Take(1))
            if (Find(program.File, area) is { } at)
                try
                {
                    return At(program, at);
                }
                catch (MalformedFileException)
                {
                    return null;
                }
        return null;
    }

    static long? Find(EvidenceFile file, Area area)
    {
        var buffer = new byte[Math.Min(WindowBytes, area.Length)];
        for (long at = 0; at < Math.Min(area.Length, SearchedBytes); at += WindowBytes - HeadBytes)
        {
            var window = buffer.AsSpan(0, file.ReadAt(area.Offset + at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, area.Length - at))));
            for (int found, from = 0; (found = window[from..].IndexOf(Magic)) >= 0; from += found + 1)
                if ((at + from + found) % Alignment == 0)
                    return area.Offset + at + from + found;
            if (window.Length < WindowBytes)
                break;
        }
        return null;
    }

    static BuildInfo? At(Executable program, long at)
    {
        var head = program.File.Slice(at, HeadBytes).Span;
        // Since Go 1.18 both texts follow, each with its length before it; before, the header points at them.
        if ((head[15] & 2) != 0)
        {
            at += HeadBytes;
            var version = Inline(program.File, ref at, VersionBytes);
            return Made(version, Inline(program.File, ref at, ModulesBytes));
        }
        var (bytes, big) = (head[14], (head[15] & 1) != 0);
        return bytes is not (4 or 8) ? null : Made(
            Pointed(program, Word(head[16..], bytes, big), bytes, big, VersionBytes), Pointed(program, Word(head[(16 + bytes)..], bytes, big), bytes, big, ModulesBytes));
    }

    // The text of the modules stands between two marks of 16 bytes.
    static BuildInfo? Made(byte[] version, byte[] modules) => version.Length == 0 ? null
        : new BuildInfo(Encoding.UTF8.GetString(version), modules.Length >= 33 && modules[^17] == '\n' ? Encoding.UTF8.GetString(modules.AsSpan(16, modules.Length - 32)) : "");

    static byte[] Inline(EvidenceFile file, ref long at, int most)
    {
        Span<byte> prefix = stackalloc byte[10];
        prefix = prefix[..file.ReadAt(at, prefix)];
        ulong length = 0;
        var used = 0;
        for (var shift = 0; ; shift += 7)
        {
            if (used == prefix.Length)
                throw new MalformedFileException("its build information is damaged");
            length |= (ulong)(prefix[used] & 0x7f) << shift;
            if (prefix[used++] < 0x80)
                break;
        }
        if (length > (ulong)most)
            throw new MalformedFileException("its build information is too large");
        var text = file.Slice(at + used, (long)length).ToArray();
        at += used + (long)length;
        return text;
    }

    // A pointer to a Go string: an address and a length.
    static byte[] Pointed(Executable program, ulong address, int bytes, bool big, int most)
    {
        var head = program.At(address, 2 * bytes).Span;
        if (head.IsEmpty)
            return [];
        var length = Word(head[bytes..], bytes, big);
        return length > (ulong)most ? [] : program.At(Word(head, bytes, big), (long)length).ToArray();
    }

    static ulong Word(ReadOnlySpan<byte> at, int bytes, bool big) => bytes == 8 ? ElfFile.U64(at, big) : ElfFile.U32(at, big);
}
