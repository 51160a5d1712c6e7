using System.Buffers.Binary;

namespace Plimsoll.Engine.Tests.Packages.Executables;

/// <summary>An ELF program of one writable segment, written field by field after elf(5), in any word size and byte order.</summary>
internal sealed class SmallElf(bool is64, bool bigEndian)
{
    public const ulong Address = 0x40_0000;

    /// <summary>In the order of the file. The segment begins with the first and ends with the last.</summary>
    public List<(string Name, byte[] Content)> Sections { get; } = [];

    public ushort Type { get; init; } = 2;

    public bool WithSectionTable { get; init; } = true;

    int HeaderBytes => is64 ? 64 : 52;

    int SegmentBytes => is64 ? 56 : 32;

    int SectionBytes => is64 ? 64 : 40;

    public byte[] Bytes()
    {
        var first = Align(HeaderBytes + SegmentBytes);
        var strings = "\0"u8.ToArray().ToList();
        var placed = new List<(int Name, int Offset, int Size)>();
        var end = first;
        foreach (var (name, content) in Sections)
        {
            placed.Add((strings.Count, end, content.Length));
            strings.AddRange([.. System.Text.Encoding.ASCII.GetBytes(name), 0]);
            end = Align(end + content.Length);
        }
        var stringsName = strings.Count;
        strings.AddRange(".shstrtab\0"u8.ToArray());
        var (stringsAt, tableAt) = (end, Align(end + strings.Count));
        var file = new byte[tableAt + (Sections.Count + 2) * SectionBytes];
        Header(file, tableAt);
        Segment(file.AsSpan(HeaderBytes), first, end - first);
        for (var i = 0; i < placed.Count; i++)
        {
            Sections[i].Content.CopyTo(file, placed[i].Offset);
            Section(file.AsSpan(tableAt + (i + 1) * SectionBytes), placed[i].Name, 1, Address + (ulong)placed[i].Offset, placed[i].Offset, placed[i].Size);
        }
        strings.CopyTo(file, stringsAt);
        Section(file.AsSpan(tableAt + (Sections.Count + 1) * SectionBytes), stringsName, 3, 0, stringsAt, strings.Count);
        return file;
    }

    /// <summary>Where the content of section <paramref name="index"/> is in memory.</summary>
    public ulong AddressOf(int index) => Address + (ulong)Sections.Take(index).Aggregate(Align(HeaderBytes + SegmentBytes), (at, section) => Align(at + section.Content.Length));

    /// <summary>A number of the file's word size and byte order.</summary>
    public byte[] Word(ulong value)
    {
        var bytes = new byte[is64 ? 8 : 4];
        Put(bytes, 0, value, bytes.Length);
        return bytes;
    }

    void Header(Span<byte> file, int tableAt)
    {
        ((ReadOnlySpan<byte>)[0x7F, (byte)'E', (byte)'L', (byte)'F', (byte)(is64 ? 2 : 1), (byte)(bigEndian ? 2 : 1), 1]).CopyTo(file);
        Put(file, 16, Type, 2);
        Put(file, is64 ? 32 : 28, (ulong)HeaderBytes, is64 ? 8 : 4);
        Put(file, is64 ? 40 : 32, WithSectionTable ? (ulong)tableAt : 0, is64 ? 8 : 4);
        var counts = is64 ? 52 : 40;
        Put(file, counts, (ulong)HeaderBytes, 2);
        Put(file, counts + 2, (ulong)SegmentBytes, 2);
        Put(file, counts + 4, 1, 2);
        Put(file, counts + 6, (ulong)SectionBytes, 2);
        Put(file, counts + 8, WithSectionTable ? (ulong)Sections.Count + 2 : 0, 2);
        Put(file, counts + 10, WithSectionTable ? (ulong)Sections.Count + 1 : 0, 2);
    }

    void Segment(Span<byte> header, int offset, int size)
    {
        Put(header, 0, 1, 4);
        Put(header, is64 ? 4 : 24, 6, 4);
        Put(header, is64 ? 8 : 4, (ulong)offset, is64 ? 8 : 4);
        Put(header, is64 ? 16 : 8, Address + (ulong)offset, is64 ? 8 : 4);
        Put(header, is64 ? 32 : 16, (ulong)size, is64 ? 8 : 4);
        Put(header, is64 ? 40 : 20, (ulong)size, is64 ? 8 : 4);
    }

    void Section(Span<byte> header, int name, uint type, ulong address, int offset, int size)
    {
        Put(header, 0, (ulong)name, 4);
        Put(header, 4, type, 4);
        Put(header, is64 ? 16 : 12, address, is64 ? 8 : 4);
        Put(header, is64 ? 24 : 16, (ulong)offset, is64 ? 8 : 4);
        Put(header, is64 ? 32 : 20, (ulong)size, is64 ? 8 : 4);
    }

    void Put(Span<byte> at, int offset, ulong value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        if (bigEndian)
            BinaryPrimitives.WriteUInt64BigEndian(all, value);
        else
            BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        (bigEndian ? all[(8 - bytes)..] : all[..bytes]).CopyTo(at[offset..]);
    }

    static int Align(int offset) => (offset + 15) & ~15;
}
