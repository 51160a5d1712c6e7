using System.Globalization;
using System.Text;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Optimizing;

/// <summary>The few entries that the optimiser makes itself: root's, without content, of the epoch (POSIX pax, "ustar Interchange Format").</summary>
internal static class TarStub
{
    const int NameBytes = 100;

    public static byte[] File(ReadOnlySpan<byte> path) => Entry(path, (byte)'0', 0b110_100_100);

    public static byte[] Directory(ReadOnlySpan<byte> path) => Entry([.. path, (byte)'/'], (byte)'5', 0b111_101_101);

    static byte[] Entry(ReadOnlySpan<byte> path, byte type, int mode)
    {
        if (path.Length <= NameBytes)
            return Header(path, type, mode, 0);
        var record = Record(path);
        return [.. Header("PaxHeader"u8, (byte)'x', 0b110_100_100, record.Length), .. record, .. new byte[-record.Length & (TarHeader.Size - 1)], .. Header(path[..NameBytes], type, mode, 0)];
    }

    // The length counts its own digits.
    static byte[] Record(ReadOnlySpan<byte> path)
    {
        var rest = " path=\n".Length + path.Length;
        var length = rest + 1;
        while (length != rest + Digits(length).Length)
            length = rest + Digits(length).Length;
        return [.. Digits(length), .. " path="u8, .. path, (byte)'\n'];
    }

    static byte[] Digits(int number) => Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture));

    static byte[] Header(ReadOnlySpan<byte> name, byte type, int mode, int size)
    {
        var block = new byte[TarHeader.Size];
        name.CopyTo(block);
        Octal(block.AsSpan(100, 8), mode);
        Octal(block.AsSpan(108, 8), 0);
        Octal(block.AsSpan(116, 8), 0);
        Octal(block.AsSpan(124, 12), size);
        Octal(block.AsSpan(136, 12), 0);
        block.AsSpan(148, 8).Fill((byte)' ');
        block[156] = type;
        "ustar\000"u8.CopyTo(block.AsSpan(257));
        var sum = 0;
        foreach (var b in block)
            sum += b;
        Octal(block.AsSpan(148, 7), sum);
        return block;
    }

    static void Octal(Span<byte> field, int number)
    {
        for (var i = field.Length - 2; i >= 0; i--, number >>= 3)
            field[i] = (byte)('0' + (number & 7));
        field[^1] = 0;
    }
}
