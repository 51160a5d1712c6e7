using System.Buffers.Binary;
using System.Text;

namespace Plimsoll.Engine.Packages.Executables;

/// <summary>Headers of an ELF file, 32 and 64 bits, both byte orders (System V ABI, chapter 4 and 5).</summary>
internal static class ElfFile
{
    const int NameBytes = 1 << 16;

    public static Executable? Open(EvidenceFile file)
    {
        var head = file.Slice(0, Math.Min(file.Length, 64)).Span;
        if (head.Length < 52 || head[4] is not (1 or 2))
            return null;
        var (wide, big) = (head[4] == 2, head[5] == 2);
        if (wide && head.Length < 64)
            return null;
        var (segments, sections) = wide ? ((long)U64(head[32..], big), (long)U64(head[40..], big)) : (U32(head[28..], big), U32(head[32..], big));
        var counts = head[(wide ? 54 : 42)..];
        var (segmentBytes, segmentCount, sectionBytes, sectionCount, names) = (U16(counts, big), U16(counts[2..], big), U16(counts[4..], big), U16(counts[6..], big), U16(counts[8..], big));
        return new Executable(file, big, wide ? 8 : 4,
            Sections(file, sections, sectionBytes, Math.Min((int)sectionCount, Executable.Most), names, wide, big),
            Segments(file, segments, segmentBytes, Math.Min((int)segmentCount, Executable.Most), wide, big));
    }

    static List<Area> Segments(EvidenceFile file, long at, int bytes, int count, bool wide, bool big)
    {
        var segments = new List<Area>();
        if (bytes < (wide ? 56 : 32))
            return segments;
        var table = file.Slice(at, (long)bytes * count).Span;
        for (var i = 0; i < count; i++)
        {
            var row = table[(i * bytes)..];
            // PT_LOAD; PF_W
            if (U32(row, big) == 1)
                segments.Add(wide
                    ? new Area("", U64(row[16..], big), (long)U64(row[8..], big), Inside(file, (long)U64(row[8..], big), (long)U64(row[32..], big)), (U32(row[4..], big) & 2) != 0)
                    : new Area("", U32(row[8..], big), U32(row[4..], big), Inside(file, U32(row[4..], big), U32(row[16..], big)), (U32(row[24..], big) & 2) != 0));
        }
        return segments;
    }

    // A file without section headers is an executable still.
    static List<Area> Sections(EvidenceFile file, long at, int bytes, int count, int names, bool wide, bool big)
    {
        var sections = new List<Area>();
        if (at <= 0 || bytes < (wide ? 64 : 40) || names >= count || at > file.Length - (long)bytes * count)
            return sections;
        var table = file.Slice(at, (long)bytes * count).Span;
        var text = Place(file, table[(names * bytes)..], wide, big);
        var strings = file.Slice(text.Offset, Math.Min(text.Length, NameBytes)).Span;
        for (var i = 0; i < count; i++)
        {
            var row = table[(i * bytes)..];
            // SHT_NOBITS takes no room in the file.
            if (U32(row[4..], big) == 8)
                continue;
            var place = Place(file, row, wide, big);
            var (flags, address) = wide ? (U64(row[8..], big), U64(row[16..], big)) : (U32(row[8..], big), U32(row[12..], big));
            sections.Add(new Area(NameAt(strings, U32(row, big)), address, place.Offset, place.Length, (flags & 1) != 0));
        }
        return sections;
    }

    static (long Offset, long Length) Place(EvidenceFile file, ReadOnlySpan<byte> row, bool wide, bool big)
    {
        var (offset, length) = wide ? ((long)U64(row[24..], big), (long)U64(row[32..], big)) : (U32(row[16..], big), U32(row[20..], big));
        return (offset, Inside(file, offset, length));
    }

    static string NameAt(ReadOnlySpan<byte> strings, uint at)
    {
        if (at >= strings.Length)
            return "";
        var rest = strings[(int)at..];
        return Encoding.Latin1.GetString(rest[..Math.Max(0, rest[..Math.Min(rest.Length, 64)].IndexOf((byte)0))]);
    }

    /// <summary>As much of a part as lies within the file.</summary>
    public static long Inside(EvidenceFile file, long offset, long length) => offset < 0 || length < 0 || offset >= file.Length ? 0 : Math.Min(length, file.Length - offset);

    public static ushort U16(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);

    public static uint U32(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    public static ulong U64(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt64BigEndian(at) : BinaryPrimitives.ReadUInt64LittleEndian(at);
}
