using System.Buffers.Binary;

namespace Plimsoll.Engine.Packages.Executables;

/// <summary>The numbers of a header, in the byte order and word size of the file. A header that is too short is malformed.</summary>
internal readonly ref struct Fields(ReadOnlySpan<byte> header, bool bigEndian, bool is64 = false)
{
    readonly ReadOnlySpan<byte> _header = header;

    public ushort U16(int at) => bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(Part(at, 2)) : BinaryPrimitives.ReadUInt16LittleEndian(Part(at, 2));

    public uint U32(int at) => bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(Part(at, 4)) : BinaryPrimitives.ReadUInt32LittleEndian(Part(at, 4));

    public ulong U64(int at) => bigEndian ? BinaryPrimitives.ReadUInt64BigEndian(Part(at, 8)) : BinaryPrimitives.ReadUInt64LittleEndian(Part(at, 8));

    /// <summary>An address: at one place in a file of 32 bits, at another in one of 64.</summary>
    public ulong Word(int at32, int at64) => is64 ? U64(at64) : U32(at32);

    /// <summary>An offset or a size in the file. One that no file can have becomes −1.</summary>
    public long Length(int at32, int at64) => Word(at32, at64) is var length and <= long.MaxValue ? (long)length : -1;

    /// <summary>A name in a field of fixed length, up to its first zero.</summary>
    public string Name(int at, int length)
    {
        var name = Part(at, length);
        return System.Text.Encoding.Latin1.GetString(name.IndexOf((byte)0) is var end and >= 0 ? name[..end] : name);
    }

    ReadOnlySpan<byte> Part(int at, int length) =>
        at >= 0 && at <= _header.Length - length ? _header.Slice(at, length) : throw new MalformedFileException("a header of it is too short");
}
