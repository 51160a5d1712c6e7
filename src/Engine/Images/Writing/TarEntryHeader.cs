using System.Buffers.Binary;
using System.Text;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Headers of the tars that images are written in: root's, of no time, the same for the same content (POSIX pax, "ustar Interchange Format").</summary>
internal static class TarEntryHeader
{
    const long MostInOctal = 0x1_FFFF_FFFF;

    public static byte[] File(string name, long size) => Header(name, '0', 0b110_100_100, size);

    public static byte[] Directory(string name) => Header(name, '5', 0b111_101_101, 0);

    static byte[] Header(string name, char type, int mode, long size)
    {
        var block = new byte[TarHeader.Size];
        Encoding.ASCII.GetBytes(name).CopyTo(block, 0);
        Octal(block.AsSpan(100, 8), mode);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        Size(block.AsSpan(124, 12), size);
        Octal(block.AsSpan(136, 12), 0);
        block[156] = (byte)type;
        "ustar\0"u8.CopyTo(block.AsSpan(257));
        "00"u8.CopyTo(block.AsSpan(263));
        block.AsSpan(148, 8).Fill((byte)' ');
        Octal(block.AsSpan(148, 7), block.Sum(b => b));
        return block;
    }

    // Eleven octal digits end at 8 GiB; base 256 goes on (GNU tar manual, "Basic Tar Format").
    static void Size(Span<byte> field, long size)
    {
        if (size <= MostInOctal)
        {
            Octal(field, size);
            return;
        }
        field[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(field[4..], size);
    }

    static void Octal(Span<byte> field, long value) =>
        Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(field.Length - 1, '0').AsSpan(), field);
}
