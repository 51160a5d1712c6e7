namespace Plimsoll.Engine.Archives;

/// <summary>
/// One 512-byte tar header: POSIX.1-1988 ustar, GNU and V7 layouts, with octal and base-256 numbers
/// (POSIX pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").
/// </summary>
internal readonly ref struct TarHeader(ReadOnlySpan<byte> block)
{
    public const int Size = 512;

    readonly ReadOnlySpan<byte> _block = block;

    public ReadOnlySpan<byte> Name => Text(0, 100);

    public long Mode => Number(100, 8);

    public long Uid => Number(108, 8);

    public long Gid => Number(116, 8);

    public long ContentSize => Number(124, 12);

    public long ModifiedAt => Number(136, 12);

    public byte TypeFlag => _block[156];

    public ReadOnlySpan<byte> LinkName => Text(157, 100);

    public long DeviceMajor => Number(329, 8);

    public long DeviceMinor => Number(337, 8);

    /// <summary>Old GNU sparse header: the first part of the map and the size of the whole file.</summary>
    public ReadOnlySpan<byte> SparseMap => _block[386..495];

    /// <summary>The front of a long path: ustar only, since GNU keeps times at the same place.</summary>
    public ReadOnlySpan<byte> Prefix => _block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(345, 155) : default;

    /// <summary>Old GNU sparse header: whether more blocks of the sparse map follow.</summary>
    public bool SparseMapGoesOn => _block[482] != 0;

    public bool IsZero => _block.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>The checksum counts its own field as spaces; some old writers summed signed bytes.</summary>
    public bool ChecksumHolds()
    {
        long unsigned = 0, signed = 0;
        for (var i = 0; i < Size; i++)
        {
            var b = i is >= 148 and < 156 ? (byte)' ' : _block[i];
            unsigned += b;
            signed += (sbyte)b;
        }
        return TryNumber(148, 8, out var claimed) && (claimed == unsigned || claimed == signed);
    }

    ReadOnlySpan<byte> Text(int start, int length)
    {
        var field = _block.Slice(start, length);
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    long Number(int start, int length) =>
        TryNumber(start, length, out var value) ? value : throw new UnreadableImageException("a layer has a tar header with a malformed number");

    bool TryNumber(int start, int length, out long value)
    {
        var field = _block.Slice(start, length);
        return (field[0] & 0x80) != 0 ? TryBase256(field, out value) : TryOctal(field.Trim(" \0"u8), out value);
    }

    static bool TryOctal(ReadOnlySpan<byte> digits, out long value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit == 0)
                return true;
            if (digit is < (byte)'0' or > (byte)'7' || value > long.MaxValue >> 3)
                return false;
            value = value << 3 | (uint)(digit - '0');
        }
        return true;
    }

    // Two's complement with the top bit as the marker; only mtime may be negative.
    static bool TryBase256(ReadOnlySpan<byte> field, out long value)
    {
        var negative = (field[0] & 0x40) != 0;
        value = negative ? -1 : 0;
        for (var i = 0; i < field.Length; i++)
        {
            var b = i == 0 ? (byte)(negative ? field[0] | 0x80 : field[0] & 0x7f) : field[i];
            if (i < field.Length - 8 && b != (negative ? 0xff : 0))
                return false;
            value = value << 8 | b;
        }
        return (value < 0) == negative;
    }
}
