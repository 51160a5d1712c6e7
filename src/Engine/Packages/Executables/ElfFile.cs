using System.Text;

namespace Plimsoll.Engine.Packages.Executables;

/// <summary>
/// The headers of an ELF program or shared library of 32 or 64 bits and either byte order (System V ABI, chapters 4 "Object Files" and 5 "Program Loading";
/// <c>elf(5)</c>).
/// </summary>
internal static class ElfFile
{
    const int NoBits = 8, Loadable = 1, WritableFlag = 2, LongestNameTable = 1 << 20;

    /// <summary>Null for an object file or a core dump. The section table is optional, as it is for the loader: one that is broken is taken for none.</summary>
    public static Executable? Read(EvidenceFile file)
    {
        var ident = file.Slice(0, 16).Span;
        var (is64, bigEndian) = (ident[4] == 2, ident[5] == 2);
        var header = new Fields(file.Slice(0, is64 ? 64 : 52).Span, bigEndian, is64);
        if (header.U16(16) is not (2 or 3))
            return null;
        var segments = Segments(Table(file, header.Length(28, 32), header.U16(is64 ? 56 : 44), header.U16(is64 ? 54 : 42), is64 ? 56 : 32), bigEndian, is64);
        return new Executable(file, bigEndian, Sections(file, header, bigEndian, is64), segments);
    }

    static List<Segment> Segments(HeaderTable table, bool bigEndian, bool is64)
    {
        var segments = new List<Segment>();
        for (var i = 0; i < table.Count; i++)
        {
            var header = new Fields(table[i], bigEndian, is64);
            if (header.U32(0) == Loadable && header.Length(4, 8) is var offset and >= 0 && header.Length(16, 32) is var size and >= 0)
                segments.Add(new Segment(offset, size, header.Word(8, 16), (header.U32(is64 ? 4 : 24) & WritableFlag) != 0));
        }
        return segments;
    }

    static List<Section> Sections(EvidenceFile file, Fields header, bool bigEndian, bool is64)
    {
        try
        {
            var table = Table(file, header.Length(32, 40), header.U16(is64 ? 60 : 48), header.U16(is64 ? 58 : 46), is64 ? 64 : 40);
            return table.Count == 0 ? [] : Sections(file, table, header.U16(is64 ? 62 : 50), bigEndian, is64);
        }
        catch (MalformedFileException)
        {
            return [];
        }
    }

    static List<Section> Sections(EvidenceFile file, HeaderTable table, int namesAt, bool bigEndian, bool is64)
    {
        if (namesAt >= table.Count)
            return [];
        var strings = new Fields(table[namesAt], bigEndian, is64);
        var names = file.Slice(strings.Length(16, 24), Math.Min(strings.Length(20, 32), LongestNameTable)).Span;
        var sections = new List<Section>();
        for (var i = 0; i < table.Count; i++)
        {
            var header = new Fields(table[i], bigEndian, is64);
            if (header.U32(4) is not (0 or NoBits) && header.Length(16, 24) is var offset and >= 0 && header.Length(20, 32) is var size and >= 0)
                sections.Add(new Section(NameAt(names, header.U32(0)), offset, size, header.Word(12, 16)));
        }
        return sections;
    }

    static HeaderTable Table(EvidenceFile file, long offset, int count, int stride, int least)
    {
        if (count == 0 || offset == 0)
            return default;
        return count <= Executable.MostHeaders && stride >= least && stride <= 256
            ? new HeaderTable(file.Slice(offset, (long)count * stride).Span, stride)
            : throw new MalformedFileException("its headers are of no known form");
    }

    // No section that is looked for has a long name; a table of nothing but one name must not be copied for each section.
    static string NameAt(ReadOnlySpan<byte> names, uint at)
    {
        if (at >= names.Length)
            return "";
        var name = names[(int)at..Math.Min((int)at + 64, names.Length)];
        return Encoding.Latin1.GetString(name.IndexOf((byte)0) is var end and >= 0 ? name[..end] : name);
    }

    readonly ref struct HeaderTable(ReadOnlySpan<byte> bytes, int stride)
    {
        readonly ReadOnlySpan<byte> _bytes = bytes;

        public int Count => stride == 0 ? 0 : _bytes.Length / stride;

        public ReadOnlySpan<byte> this[int index] => _bytes.Slice(index * stride, stride);
    }
}
