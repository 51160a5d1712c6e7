using System.Buffers;
using System.Buffers.Binary;

namespace Plimsoll.Engine.Packages.Java;

/// <summary>
/// Walks over a central directory (PKWARE APPNOTE 6.3.10, section 4.3.12) without keeping it. The number of members that the end record
/// gives is not asked for: the directory ends where its bytes end, or with the first record that is none.
/// </summary>
internal sealed class ZipMembers(ZipArea archive, ZipDirectory directory) : IDisposable
{
    const int RecordBytes = 46;

    /// <summary>The largest record: a name, extra fields and a comment of 64 KiB each.</summary>
    const int LargestRecord = RecordBytes + 3 * ushort.MaxValue;

    readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(LargestRecord, Math.Max(directory.Length, RecordBytes)));
    long _next = directory.Start;
    int _start, _end, _record, _nameLength;

    /// <summary>Valid until the next call of <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_start + RecordBytes, _nameLength);

    public ZipMember Member { get; private set; }

    /// <summary>Whether the walk ended before the directory did.</summary>
    public bool IsCorrupt { get; private set; }

    public bool MoveNext()
    {
        _start += _record;
        _record = 0;
        if (!Has(RecordBytes))
            return false;
        var fixedPart = _buffer.AsSpan(_start, RecordBytes);
        _nameLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[28..]);
        var extraLength = BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[30..]);
        var length = RecordBytes + _nameLength + extraLength + BinaryPrimitives.ReadUInt16LittleEndian(fixedPart[32..]);
        if (!fixedPart.StartsWith("PK\x01\x02"u8) || !Has(length))
        {
            IsCorrupt = true;
            return false;
        }
        _record = length;
        Member = MemberOf(_buffer.AsSpan(_start, RecordBytes), _buffer.AsSpan(_start + RecordBytes + _nameLength, extraLength));
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    bool Has(int bytes)
    {
        if (_end - _start < bytes)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            var free = _buffer.AsSpan(_end);
            var read = archive.ReadAt(_next, free[..(int)Math.Min(free.Length, directory.Start + directory.Length - _next)]);
            _next += read;
            _end += read;
        }
        IsCorrupt = _end - _start < bytes && _end > _start;
        return _end - _start >= bytes;
    }

    ZipMember MemberOf(ReadOnlySpan<byte> record, ReadOnlySpan<byte> extra)
    {
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(record[20..]), size = BinaryPrimitives.ReadUInt32LittleEndian(record[24..]);
        long header = BinaryPrimitives.ReadUInt32LittleEndian(record[42..]);
        if (packed == uint.MaxValue || size == uint.MaxValue || header == uint.MaxValue)
        {
            // APPNOTE 4.5.3: only the values that do not fit stand in the extra field, in this order.
            var large = LargeValues(extra);
            size = Large(size, ref large);
            packed = Large(packed, ref large);
            header = Large(header, ref large);
        }
        return new ZipMember(BinaryPrimitives.ReadUInt16LittleEndian(record[8..]), BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), packed, size,
            header >= 0 && header <= long.MaxValue - directory.Shift ? header + directory.Shift : -1);
    }

    static ReadOnlySpan<byte> LargeValues(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == 1)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }

    static long Large(long value, ref ReadOnlySpan<byte> large)
    {
        if (value != uint.MaxValue || large.Length < sizeof(long))
            return value;
        value = BinaryPrimitives.ReadInt64LittleEndian(large);
        large = large[sizeof(long)..];
        return value;
    }
}
