using System.Buffers.Binary;
using System.IO.Hashing;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// How the file is laid out: a header, then a volume for each source, then the directory of these, which the header tells the place of. A
/// volume is addressed from its own start, so that it can be taken over into the next library as it is.
/// </summary>
internal static class LibraryLayout
{
    /// <summary>Raised when anything about the bytes changes, or about what is kept of a record.</summary>
    const int Version = 2;

    public const int HeaderBytes = 64;

    static ReadOnlySpan<byte> Magic => "plimsoll advisories\n"u8;

    public static byte[] Header(long length, BlockAddress directory)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(20), Version);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), length);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), directory.Offset);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), directory.Packed);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(44), directory.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(48), directory.Checksum);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(56), XxHash3.HashToUInt64(header.AsSpan(0, 56)));
        return header;
    }

    /// <summary>Where the directory is, or why the file cannot be opened, as "it …".</summary>
    public static (BlockAddress Directory, string? Problem) Read(ReadOnlySpan<byte> header, long length)
    {
        if (!header.StartsWith(Magic))
            return (default, "is not a library of advisories");
        if (BinaryPrimitives.ReadInt32LittleEndian(header[20..]) is var version && version != Version)
            return (default, "was written by another version of plimsoll");
        if (XxHash3.HashToUInt64(header[..56]) != BinaryPrimitives.ReadUInt64LittleEndian(header[56..]))
            return (default, "is damaged");
        if (BinaryPrimitives.ReadInt64LittleEndian(header[24..]) != length)
            return (default, "is cut short, or something was written behind its end");
        return (new BlockAddress(
            BinaryPrimitives.ReadInt64LittleEndian(header[32..]), BinaryPrimitives.ReadInt32LittleEndian(header[40..]),
            BinaryPrimitives.ReadInt32LittleEndian(header[44..]), BinaryPrimitives.ReadUInt64LittleEndian(header[48..])), null);
    }
}
