using System.Buffers.Binary;

namespace Plimsoll.Engine.Packages.Executables;

internal enum ExecutableKind
{
    None,
    Elf,
    Pe,
    MachO,
    FatMachO,
}

/// <summary>What the first bytes of a file say about it. Asked for every file of every layer.</summary>
internal static class ExecutableKinds
{
    /// <summary>A fat Mach-O file and a Java class begin alike. What follows is a count of architectures in one, a version of at least 45 in the other.</summary>
    const uint FirstJavaVersion = 45;

    /// <summary>Whether a file is a program or a shared library that may hold package data.</summary>
    public static bool MayHoldPackages(ReadOnlySpan<byte> path, ReadOnlySpan<byte> head) => Of(head) switch
    {
        ExecutableKind.Elf => IsLoadable(head),
        // The extensions of managed assemblies: there are thousands of them, and never one with such data.
        ExecutableKind.Pe => IsProgramName(path),
        ExecutableKind.None => false,
        _ => true,
    };

    /// <param name="head">At least four bytes.</param>
    public static ExecutableKind Of(ReadOnlySpan<byte> head)
    {
        if (head.Length < 4)
            return ExecutableKind.None;
        return BinaryPrimitives.ReadUInt32BigEndian(head) switch
        {
            0x7F454C46 => ExecutableKind.Elf,
            0xFEEDFACE or 0xFEEDFACF or 0xCEFAEDFE or 0xCFFAEDFE => ExecutableKind.MachO,
            0xCAFEBABE or 0xCAFEBABF when head.Length < 8 || BinaryPrimitives.ReadUInt32BigEndian(head[4..]) < FirstJavaVersion => ExecutableKind.FatMachO,
            _ => head.StartsWith("MZ"u8) ? ExecutableKind.Pe : ExecutableKind.None,
        };
    }

    // e_type is ET_EXEC or ET_DYN: no object file, no kernel module, no core dump.
    static bool IsLoadable(ReadOnlySpan<byte> head) =>
        head.Length >= 18 && (head[5] == 2 ? BinaryPrimitives.ReadUInt16BigEndian(head[16..]) : BinaryPrimitives.ReadUInt16LittleEndian(head[16..])) is 2 or 3;

    static bool IsProgramName(ReadOnlySpan<byte> path)
    {
        var name = path[(path.LastIndexOf((byte)'/') + 1)..];
        return name.IndexOf((byte)'.') < 0 || name.Length > 4 && System.Text.Ascii.EqualsIgnoreCase(name[^4..], ".exe"u8);
    }
}
