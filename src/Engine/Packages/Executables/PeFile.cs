using System.Text;
using static Plimsoll.Engine.Packages.Executables.ElfFile;

namespace Plimsoll.Engine.Packages.Executables;

/// <summary>Headers of a Portable Executable (Microsoft, "PE Format").</summary>
internal static class PeFile
{
    const int SectionBytes = 40;

    public static Executable? Open(EvidenceFile file)
    {
        var start = U32(file.Slice(0x3c, 4).Span, big: false);
        var head = file.Slice(start, 24 + 32).Span;
        if (!head.StartsWith("PE\0\0"u8))
            return null;
        var (count, optional) = (Math.Min((int)U16(head[6..], false), Executable.Most), U16(head[20..], false));
        var wide = U16(head[24..], false) == 0x20b;
        var origin = wide ? U64(head[48..], false) : U32(head[52..], false);
        var table = file.Slice(start + 24L + optional, (long)count * SectionBytes).Span;
        var sections = new List<Area>();
        for (var i = 0; i < count; i++)
        {
            var row = table.Slice(i * SectionBytes, SectionBytes);
            var (memory, address, length, offset, flags) = (U32(row[8..], false), U32(row[12..], false), U32(row[16..], false), U32(row[20..], false), U32(row[36..], false));
            var name = row[..8].IndexOf((byte)0) is var end and >= 0 ? row[..end] : row[..8];
            sections.Add(new Area(Encoding.Latin1.GetString(name), origin + address, offset, Inside(file, offset, Math.Min(length, memory == 0 ? length : memory)), (flags & 0x8000_0000) != 0));
        }
        return new Executable(file, false, wide ? 8 : 4, sections, sections);
    }
}
