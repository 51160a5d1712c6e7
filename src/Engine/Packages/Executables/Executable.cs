namespace Plimsoll.Engine.Packages.Executables;

/// <summary>
/// What package readers need of an ELF, PE or Mach-O file: its sections and its loadable segments. Only the headers are in memory; content is
/// read where it is asked for.
/// </summary>
/// <param name="File">A fat Mach-O file holds several executables.</param>
internal sealed record Executable(EvidenceFile File, bool BigEndian, IReadOnlyList<Section> Sections, IReadOnlyList<Segment> Segments)
{
    /// <summary>Headers of one kind in one file. Linkers write some dozens; more are a waste of time that somebody intends.</summary>
    public const int MostHeaders = 4096;

    /// <summary>The executables in a file; none in a file of another kind, and in one that is neither a program nor a shared library.</summary>
    public static IReadOnlyList<Executable> In(EvidenceFile file)
    {
        Span<byte> magic = stackalloc byte[4];
        if (file.ReadAt(0, magic) < magic.Length)
            return [];
        return ExecutableKinds.Of(magic) switch
        {
            ExecutableKind.Elf => ElfFile.Read(file) is { } elf ? [elf] : [],
            ExecutableKind.Pe => PeFile.Read(file) is { } pe ? [pe] : [],
            ExecutableKind.MachO => MachOFile.Read(file, 0) is { } thin ? [thin] : [],
            ExecutableKind.FatMachO => MachOFile.ReadFat(file),
            _ => [],
        };
    }

    /// <summary>Where a linker puts the program's variables; null where there are none.</summary>
    public Segment? FirstData => Segments.FirstOrDefault(segment => segment is { Writable: true, Size: > 0 });

    public Section? SectionOf(string name) => Sections.FirstOrDefault(section => section.Name == name);

    /// <summary>Exactly <paramref name="length"/> bytes from a virtual address on. They lie within one segment, or the file is malformed.</summary>
    public ReadOnlyMemory<byte> AtAddress(ulong address, long length)
    {
        foreach (var segment in Segments)
            if (address >= segment.Address && address - segment.Address < (ulong)segment.Size && length <= segment.Size - (long)(address - segment.Address))
                return File.Slice(segment.Offset + (long)(address - segment.Address), length);
        throw new MalformedFileException("it refers to an address that it has no content for");
    }
}

/// <summary>A named part of the file's content.</summary>
/// <param name="Offset">In the file, bytes.</param>
internal sealed record Section(string Name, long Offset, long Size, ulong Address);

/// <summary>A part of the file that is mapped into memory.</summary>
/// <param name="Size">Bytes in the file; those of memory may be more.</param>
internal sealed record Segment(long Offset, long Size, ulong Address, bool Writable);
