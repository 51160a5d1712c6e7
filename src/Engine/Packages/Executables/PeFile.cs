namespace Plimsoll.Engine.Packages.Executables;

/// <summary>The section table of a Windows program (Microsoft's "PE Format": COFF file header, optional header, section table). Its sections are also what is mapped.</summary>
internal static class PeFile
{
    const uint Contents = 0x0000_00E0, Data = 0x0000_0040, Access = 0xE000_0000, ReadWrite = 0xC000_0000;
    const int SectionBytes = 40;

    /// <summary>Null for a program of DOS, which has no such header.</summary>
    public static Executable? Read(EvidenceFile file)
    {
        if (file.Length < 64)
            return null;
        var at = (long)new Fields(file.Slice(0x3C, 4).Span, bigEndian: false).U32(0);
        Span<byte> signature = stackalloc byte[4];
        if (file.ReadAt(at, signature) < signature.Length || !signature.SequenceEqual("PE\0\0"u8))
            return null;
        var header = new Fields(file.Slice(at, 24).Span, bigEndian: false);
        var (count, optionalBytes) = (header.U16(6), header.U16(20));
        if (count > Executable.MostHeaders)
            throw new MalformedFileException("its headers are of no known form");
        var optional = new Fields(file.Slice(at + 24, optionalBytes).Span, bigEndian: false);
        var imageBase = optionalBytes < 32 ? 0 : optional.U16(0) == 0x20B ? optional.U64(24) : optional.U32(28);
        return Read(file, file.Slice(at + 24 + optionalBytes, (long)count * SectionBytes).Span, imageBase);
    }

    static Executable Read(EvidenceFile file, ReadOnlySpan<byte> table, ulong imageBase)
    {
        var (sections, segments) = (new List<Section>(), new List<Segment>());
        for (; table.Length >= SectionBytes; table = table[SectionBytes..])
        {
            var header = new Fields(table[..SectionBytes], bigEndian: false);
            // The content in the file is padded to the file's alignment: the size in memory is the true one, if it is the smaller.
            var size = header.U32(8) is var inMemory and > 0 ? Math.Min(inMemory, header.U32(16)) : header.U32(16);
            var flags = header.U32(36);
            sections.Add(new Section(header.Name(0, 8), header.U32(20), size, unchecked(imageBase + header.U32(12))));
            segments.Add(new Segment(header.U32(20), size, unchecked(imageBase + header.U32(12)), (flags & (Contents | Access)) == (Data | ReadWrite)));
        }
        return new Executable(file, BigEndian: false, sections, segments);
    }
}
