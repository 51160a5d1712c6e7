using System.Buffers.Binary;

namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>
/// rpm's own database, <c>Packages.db</c> (rpm, <c>lib/backend/ndb/rpmpkg.c</c>): little-endian; a header of 32 bytes with the number of pages
/// that hold slots, slots of 16 bytes, and blobs at multiples of 16 bytes.
/// </summary>
internal static class NdbFile
{
    const int PageBytes = 4096;
    const int SlotBytes = 16;
    const int BlobHeadBytes = 16;
    const int BlobBytes = 64 << 20;

    static ReadOnlySpan<byte> Magic => "RpmP"u8;

    static ReadOnlySpan<byte> SlotMagic => "Slot"u8;

    static ReadOnlySpan<byte> BlobMagic => "BlbS"u8;

    public static IEnumerable<ReadOnlyMemory<byte>> Blobs(EvidenceFile file)
    {
        var head = file.Slice(0, 32).Span;
        if (!head.StartsWith(Magic))
            throw new MalformedFileException("it is not an ndb database");
        var pages = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (pages == 0 || (long)pages * PageBytes > file.Length)
            throw new MalformedFileException("it has fewer pages than it says");
        return Blobs(file, pages);
    }

    static IEnumerable<ReadOnlyMemory<byte>> Blobs(EvidenceFile file, uint pages)
    {
        // The header takes the room of the first two slots.
        long read = 0;
        for (long page = 0; page < pages; page++)
        {
            var slots = file.Slice(page * PageBytes, PageBytes);
            for (var at = page == 0 ? 2 * SlotBytes : 0; at < PageBytes; at += SlotBytes)
            {
                var (package, offset) = Slot(slots.Span.Slice(at, SlotBytes));
                if (package == 0)
                    continue;
                var blob = Blob(file, package, offset);
                // Slots that all point at one large blob are no database.
                if ((read += blob.Length) > file.Length)
                    throw new MalformedFileException("its slots point at the same blobs");
                yield return blob;
            }
        }
    }

    static (uint Package, long Offset) Slot(ReadOnlySpan<byte> slot) => !slot.StartsWith(SlotMagic)
        ? throw new MalformedFileException("a slot of it is damaged")
        : (BinaryPrimitives.ReadUInt32LittleEndian(slot[4..]), BinaryPrimitives.ReadUInt32LittleEndian(slot[8..]) * 16L);

    static ReadOnlyMemory<byte> Blob(EvidenceFile file, uint package, long offset)
    {
        var head = file.Slice(offset, BlobHeadBytes).Span;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(head[12..]);
        if (!head.StartsWith(BlobMagic) || BinaryPrimitives.ReadUInt32LittleEndian(head[4..]) != package || length > BlobBytes)
            throw new MalformedFileException("a blob of it is damaged");
        return file.Slice(offset + BlobHeadBytes, length);
    }
}
