using System.Text;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>Tars written down block by block, for what no writer would write.</summary>
internal static class RawTar
{
    public static readonly byte[] End = new byte[1024];

    /// <summary>A ustar header whose fields are given as they stand in the block.</summary>
    public static byte[] Header(string name, string size, char type = '0', string magic = "ustar\0" + "00", string prefix = "", Action<byte[]>? change = null)
    {
        var block = new byte[512];
        void Put(int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(block, at);
        Put(0, name);
        Put(100, "0000644\0");
        Put(108, "0001750\0");
        Put(116, "0001750\0");
        Put(124, size);
        Put(136, "00000000000\0");
        block[156] = (byte)type;
        Put(257, magic);
        Put(345, prefix);
        change?.Invoke(block);
        Put(148, "        ");
        Put(148, Convert.ToString(block.Sum(b => b), 8).PadLeft(6, '0') + "\0 ");
        return block;
    }

    public static byte[] Padded(byte[] content) => [.. content, .. new byte[-content.Length & 511]];

    /// <summary>An entry with content, or of a kind that has none.</summary>
    public static byte[] Entry(string name, string content = "", char type = '0', string link = "", Action<byte[]>? change = null) =>
    [
        .. Header(name, Convert.ToString(content.Length, 8).PadLeft(11, '0'), type, change: block =>
        {
            Encoding.Latin1.GetBytes(link).CopyTo(block, 157);
            change?.Invoke(block);
        }),
        .. Padded(Encoding.Latin1.GetBytes(content)),
    ];

    /// <summary>An extended header of records, each with the length that it should have.</summary>
    public static byte[] Pax(params string[] records) => Entry("PaxHeaders/x", string.Concat(records.Select(Record)), 'x');

    static string Record(string text)
    {
        var rest = text.Length + 2;
        var length = rest + 1;
        while (length != rest + $"{length}".Length)
            length = rest + $"{length}".Length;
        return $"{length} {text}\n";
    }
}
