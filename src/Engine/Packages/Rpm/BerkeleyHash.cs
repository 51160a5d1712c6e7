using System.Buffers.Binary;

namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>
/// The values of a BerkeleyDB hash database (Berkeley DB, <c>src/dbinc/db_page.h</c>), in the byte order of the machine that wrote it. Its keys
/// are rpm's numbers and say nothing.
/// </summary>
internal static class BerkeleyHash
{
    const uint HashMagic = 0x061561;
    const int PageHeadBytes = 26;
    const int OffPageBytes = 12;
    const int ValueBytes = 64 << 20;

    const byte HashUnsorted = 2;
    const byte Hash = 13;
    const byte Overflow = 7;
    const byte OffPage = 3;
    const byte KeyData = 1;

    public static IEnumerable<ReadOnlyMemory<byte>> Values(EvidenceFile file)
    {
        var meta = file.Slice(0, 512).Span;
        var big = BinaryPrimitives.ReadUInt32BigEndian(meta[12..]) == HashMagic;
        if (!big && BinaryPrimitives.ReadUInt32LittleEndian(meta[12..]) != HashMagic)
            throw new MalformedFileException("it is not a BerkeleyDB hash");
        if (meta[24] != 0)
            throw new MalformedFileException("it is encrypted");
        var (pageBytes, last) = (Word(meta[20..], big), Word(meta[32..], big));
        if (pageBytes is < 512 or > 65_536 || !uint.IsPow2(pageBytes))
            throw new MalformedFileException("its page size is impossible");
        return Values(file, (int)pageBytes, last, big);
    }

    static IEnumerable<ReadOnlyMemory<byte>> Values(EvidenceFile file, int pageBytes, uint last, bool big)
    {
        // Every page is in one value at most.
        var (read, left) = (0L, Math.Min(last, file.Length / pageBytes));
        for (long number = 1; number <= last; number++)
        {
            var page = file.Slice(number * pageBytes, pageBytes);
            if (page.Span[25] is not (Hash or HashUnsorted))
                continue;
            // Keys and values by turns; an entry reaches from its offset to that of the entry before it.
            var entries = Half(page.Span[20..], big);
            if (PageHeadBytes + entries * 2 > pageBytes)
                throw new MalformedFileException("a page of it has more entries than room");
            for (var i = 1; i < entries; i += 2)
            {
                var (start, end) = (Half(page.Span[(PageHeadBytes + i * 2)..], big), Half(page.Span[(PageHeadBytes + (i - 1) * 2)..], big));
                if (start >= end || end > pageBytes)
                    continue;
                var value = Value(file, page[start..end], pageBytes, last, big, ref left);
                if ((read += value.Length) > file.Length)
                    throw new MalformedFileException("its pages point at each other");
                if (!value.IsEmpty)
                    yield return value;
            }
        }
    }

    static ReadOnlyMemory<byte> Value(EvidenceFile file, ReadOnlyMemory<byte> entry, int pageBytes, uint last, bool big, ref long left) => entry.Span[0] switch
    {
        KeyData => entry[1..],
        OffPage when entry.Length >= OffPageBytes => Chain(file, Word(entry.Span[4..], big), Word(entry.Span[8..], big), pageBytes, last, big, ref left),
        _ => ReadOnlyMemory<byte>.Empty,
    };

    static byte[] Chain(EvidenceFile file, uint number, uint length, int pageBytes, uint last, bool big, ref long left)
    {
        if (length > ValueBytes || length > file.Length)
            throw new MalformedFileException("a value of it is larger than the database");
        var value = new byte[length];
        var filled = 0;
        while (filled < length && number != 0)
        {
            if (--left < 0)
                throw new MalformedFileException("its pages point at each other");
            if (number > last)
                throw new MalformedFileException("a page of it points past the end");
            var page = file.Slice((long)number * pageBytes, pageBytes).Span;
            var used = Half(page[22..], big);
            if (page[25] != Overflow || used == 0 || PageHeadBytes + used > pageBytes)
                throw new MalformedFileException("an overflow page of it is damaged");
            var take = Math.Min(used, (int)length - filled);
            page.Slice(PageHeadBytes, take).CopyTo(value.AsSpan(filled));
            filled += take;
            number = Word(page[16..], big);
        }
        return filled == length ? value : throw new MalformedFileException("a value of it is cut short");
    }

    static uint Word(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    static ushort Half(ReadOnlySpan<byte> at, bool big) => big ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);
}
