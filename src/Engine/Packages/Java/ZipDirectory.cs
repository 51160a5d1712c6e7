using System.Buffers.Binary;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// Where the central directory of a zip archive is (PKWARE APPNOTE 6.3.10, sections 4.3.14 to 4.3.16). It is found as Java finds it: it
/// ends where the end record begins, so that a script in front of the archive, which moves every offset, does no harm.
/// </summary>
/// <remarks>
/// System.IO.Compression.ZipArchive is not used: it makes an object of every member, whatever their number, does not know of bytes in front
/// of the archive, and does not tell where a stored member is, which spares the jars of a Spring Boot application from being copied.
/// </remarks>
/// <param name="Start">Bytes from the start of the archive.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Shift">What to add to the offsets that the archive gives.</param>
internal readonly record struct ZipDirectory(long Start, long Length, long Shift)
{
    const int EndBytes = 22, LocatorBytes = 20, End64Bytes = 56;

    /// <summary>Bytes of the comment after the end record, at most.</summary>
    const int CommentBytes = ushort.MaxValue;

    public static ZipDirectory Find(ZipArea archive) =>
        // Hardly any archive has a comment, and some image has thousands of archives.
        FindIn(archive, EndBytes) ?? FindIn(archive, EndBytes + CommentBytes) ?? throw new MalformedFileException("it is not a zip archive, or its end is missing");

    static ZipDirectory? FindIn(ZipArea archive, int bytes)
    {
        var tail = new byte[(int)Math.Min(archive.Length, bytes)];
        var tailStart = archive.Length - tail.Length;
        archive.ReadAt(tailStart, tail);
        for (var at = tail.Length - EndBytes; at >= 0; at--)
        {
            var end = tail.AsSpan(at);
            if (!end.StartsWith("PK\x05\x06"u8) || at + EndBytes + BinaryPrimitives.ReadUInt16LittleEndian(end[20..]) > tail.Length)
                continue;
            long length = BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), start = BinaryPrimitives.ReadUInt32LittleEndian(end[16..]);
            var isLarge = length == uint.MaxValue || start == uint.MaxValue || BinaryPrimitives.ReadUInt16LittleEndian(end[10..]) == ushort.MaxValue;
            return (isLarge ? FindLarge(archive, tailStart + at) : null) ?? Ending(tailStart + at, length, start);
        }
        return null;
    }

    // The 64-bit end record stands before a locator, which stands before the end record. A record whose sizes are no offsets is malformed.
    static ZipDirectory? FindLarge(ZipArea archive, long end)
    {
        Span<byte> locator = stackalloc byte[LocatorBytes];
        if (archive.ReadAt(end - LocatorBytes, locator) < LocatorBytes || !locator.StartsWith("PK\x06\x07"u8))
            return null;
        Span<byte> record = stackalloc byte[End64Bytes];
        foreach (var at in (ReadOnlySpan<long>)[BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), end - LocatorBytes - End64Bytes])
            if (archive.ReadAt(at, record) == End64Bytes && record.StartsWith("PK\x06\x06"u8))
                return Ending(at, BinaryPrimitives.ReadInt64LittleEndian(record[40..]), BinaryPrimitives.ReadInt64LittleEndian(record[48..]));
        return null;
    }

    static ZipDirectory Ending(long end, long length, long start) => length >= 0 && length <= end && start >= 0 && start <= end - length
        ? new ZipDirectory(end - length, length, end - length - start)
        : throw new MalformedFileException("its central directory lies outside of it");
}
