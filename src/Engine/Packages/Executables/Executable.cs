namespace Plimsoll.Engine.Packages.Executables;

/// <summary>A part of an executable file.</summary>
/// <param name="Name">Such as <c>.rodata</c>; of a segment, empty.</param>
/// <param name="Address">Where it lies in memory when the program runs.</param>
/// <param name="Offset">Where it lies in the file.</param>
/// <param name="Length">Bytes in the file.</param>
/// <param name="Data">Whether a program may write to it.</param>
internal readonly record struct Area(string Name, ulong Address, long Offset, long Length, bool Data);

/// <summary>An ELF, PE or Mach-O file: its sections and segments, and what lies at an address.</summary>
/// <param name="Segments">What is loaded into memory; for PE, its sections.</param>
internal sealed record Executable(EvidenceFile File, bool BigEndian, int PointerBytes, IReadOnlyList<Area> Sections, IReadOnlyList<Area> Segments)
{
    /// <summary>Sections or segments that are read of one file; real ones have some dozens.</summary>
    public const int Most = 1024;

    /// <summary>Null for a file that is none, or whose headers lie.</summary>
    public static Executable? Open(EvidenceFile file)
    {
        Span<byte> head = stackalloc byte[64];
        head = head[..file.ReadAt(0, head)];
        try
        {
            return head.StartsWith("\x7f\x45LF"u8) ? ElfFile.Open(file) : head.StartsWith("MZ"u8) ? PeFile.Open(file) : MachOFile.Open(file, 0);
        }
        catch (MalformedFileException)
        {
            // Cut short, or its headers point past its end: whatever it is, nobody can run it.
            return null;
        }
    }

    /// <summary>Whether a file may be an executable or a shared library, by its first bytes. Managed libraries of .NET are not meant.</summary>
    public static bool MayBe(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head)
    {
        if (head.Length < 20)
            return false;
        if (head.StartsWith("\x7f\x45LF"u8))
            // ET_EXEC or ET_DYN, in either byte order: no object files, no kernel modules.
            return head[5] == 2 ? head[17] is 2 or 3 : head[16] is 2 or 3;
        if (head.StartsWith("MZ"u8))
            return path.EndsWith(".exe"u8) || path[(path.LastIndexOf((byte)'/') + 1)..].IndexOf((byte)'.') < 0;
        return MachOFile.IsMagic(head);
    }

    public Area? Section(string name) => Sections.FirstOrDefault(section => section.Name == name) is { Length: > 0 } found ? found : null;

    /// <summary>The bytes at an address; empty where nothing is loaded there.</summary>
    public ReadOnlyMemory<byte> At(ulong address, long length)
    {
        foreach (var segment in Segments)
            if (address >= segment.Address && address - segment.Address < (ulong)segment.Length && length <= segment.Length - (long)(address - segment.Address))
                return File.Slice(segment.Offset + (long)(address - segment.Address), length);
        return ReadOnlyMemory<byte>.Empty;
    }
}
