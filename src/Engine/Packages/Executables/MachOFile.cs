using System.Text;
using static Plimsoll.Engine.Packages.Executables.ElfFile;

namespace Plimsoll.Engine.Packages.Executables;

/// <summary>Headers of a Mach-O file (Apple, <c>mach-o/loader.h</c>); of a universal one, its first architecture.</summary>
internal static class MachOFile
{
    const uint Universal = 0xcafebabe;
    const int CommandsBytes = 1 << 20;

    public static bool IsMagic(ReadOnlySpan<byte> head) => U32(head, true) switch
    {
        0xfeedface or 0xfeedfacf or 0xcefaedfe or 0xcffaedfe => true,
        // Java's class files have the same magic, and their version where the number of architectures stands.
        Universal => U32(head[4..], true) is > 0 and < 20,
        _ => false,
    };

    public static Executable? Open(EvidenceFile file, long start)
    {
        var head = file.Slice(start, 32).Span;
        if (!IsMagic(head))
            return null;
        if (U32(head, true) == Universal)
            return start > 0 ? null : Open(file, U32(head[16..], true));
        var big = U32(head, true) is 0xfeedface or 0xfeedfacf;
        var wide = U32(head, big) == 0xfeedfacf;
        var (count, length) = (U32(head[16..], big), U32(head[20..], big));
        if (length > CommandsBytes)
            return null;
        var (sections, segments) = (new List<Area>(), new List<Area>());
        var commands = file.Slice(start + (wide ? 32 : 28), length).Span;
        for (var i = 0; i < count && i < Executable.Most && commands.Length >= 8; i++)
        {
            var size = U32(commands[4..], big);
            if (size < 8 || size > commands.Length)
                break;
            // LC_SEGMENT, LC_SEGMENT_64
            if (U32(commands, big) == (wide ? 0x19u : 1u) && size >= (wide ? 72 : 56))
                Segment(file, start, commands[..(int)size], wide, big, sections, segments);
            commands = commands[(int)size..];
        }
        return new Executable(file, big, wide ? 8 : 4, sections, segments);
    }

    static void Segment(EvidenceFile file, long start, ReadOnlySpan<byte> command, bool wide, bool big, List<Area> sections, List<Area> segments)
    {
        var (address, offset, length) = wide ? (U64(command[24..], big), (long)U64(command[40..], big), (long)U64(command[48..], big)) : (U32(command[24..], big), U32(command[32..], big), U32(command[36..], big));
        var (writes, count) = ((U32(command[(wide ? 60 : 44)..], big) & 2) != 0, U32(command[(wide ? 64 : 48)..], big));
        segments.Add(new Area("", address, start + offset, Inside(file, start + offset, length), writes));
        var rows = command[(wide ? 72 : 56)..];
        var bytes = wide ? 80 : 68;
        for (var i = 0; i < count && rows.Length >= bytes && sections.Count < Executable.Most; i++, rows = rows[bytes..])
        {
            var name = rows[..16].IndexOf((byte)0) is var end and >= 0 ? rows[..end] : rows[..16];
            var (at, size, place) = wide ? (U64(rows[32..], big), (long)U64(rows[40..], big), U32(rows[48..], big)) : (U32(rows[32..], big), U32(rows[36..], big), U32(rows[40..], big));
            sections.Add(new Area(Encoding.Latin1.GetString(name), at, start + place, Inside(file, start + place, size), writes));
        }
    }
}
