using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Sample;

/// <summary>File contents made from a name: the same name and size give the same bytes on every machine and runtime.</summary>
internal static class Content
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    static readonly string[] Words = ["layer", "cargo", "draught", "ballast", "keel", "freight", "manifest", "harbour", "tonnage", "stowage", "hull", "berth"];

    /// <summary>SplitMix64, seeded by the SHA-256 of the name. Its sequence is written down here, so no runtime can change it.</summary>
    static IEnumerable<ulong> Numbers(string name)
    {
        var state = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
        while (true)
        {
            state = unchecked(state + 0x9E3779B97F4A7C15);
            var z = unchecked((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9);
            z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
            yield return z ^ (z >> 31);
        }
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Noise(string name, int size, params ReadOnlySpan<byte> head)
    {
        var bytes = new byte[size];
        var at = 0;
        foreach (var number in Numbers(name))
        {
            for (var i = 0; i < 8 && at < size; i++)
                bytes[at++] = (byte)(number >> (8 * i));
            if (at == size)
                break;
        }
        head.CopyTo(bytes);
        return bytes;
    }

    public static string Token(string name, int length) =>
        string.Concat(Numbers(name).Take(length).Select(n => Alphabet[(int)(n % (ulong)Alphabet.Length)]));

    /// <summary>Lines of plain words, each behind the prefix (a comment sign), cut to the exact size.</summary>
    public static byte[] Text(string name, int size, string prefix = "", string head = "")
    {
        var text = new StringBuilder(head);
        using var numbers = Numbers(name).GetEnumerator();
        while (text.Length < size)
        {
            text.Append(prefix);
            for (var i = 0; i < 9 && numbers.MoveNext(); i++)
                text.Append(Words[(int)(numbers.Current % (ulong)Words.Length)]).Append(i == 8 ? '\n' : ' ');
        }
        text.Length = size;
        text[size - 1] = '\n';
        return Utf8(text.ToString());
    }

    /// <summary>A 64-bit x86 ELF header with one loadable segment that spans the file, then noise: a tool sees a program, no machine can run it.</summary>
    public static byte[] Elf(string name, int size)
    {
        var bytes = Noise(name, size);
        Span<byte> header = stackalloc byte[120];
        header.Clear();
        new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1 }.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[16..], 3);           // shared object, as position-independent programs are
        BinaryPrimitives.WriteUInt16LittleEndian(header[18..], 62);          // x86-64
        BinaryPrimitives.WriteUInt32LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], 0x1000);      // entry
        BinaryPrimitives.WriteUInt64LittleEndian(header[32..], 64);          // program headers
        BinaryPrimitives.WriteUInt16LittleEndian(header[52..], 64);
        BinaryPrimitives.WriteUInt16LittleEndian(header[54..], 56);
        BinaryPrimitives.WriteUInt16LittleEndian(header[56..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[64..], 1);           // loadable
        BinaryPrimitives.WriteUInt32LittleEndian(header[68..], 5);           // read, execute
        BinaryPrimitives.WriteUInt64LittleEndian(header[96..], (ulong)size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[104..], (ulong)size);
        BinaryPrimitives.WriteUInt64LittleEndian(header[112..], 0x1000);
        header.CopyTo(bytes);
        return bytes;
    }

    /// <summary>The shape of an OpenSSH private key around generated letters. It opens nothing.</summary>
    public static byte[] PrivateKey(string name)
    {
        var body = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAABlwAAAAdzc2gtcn" + Token(name, 35 * 70);
        var lines = body.Chunk(70).Select(line => new string(line));
        return Utf8("-----BEGIN OPENSSH PRIVATE KEY-----\n" + string.Join('\n', lines) + "\n-----END OPENSSH PRIVATE KEY-----\n");
    }

    /// <summary>JSON settings of the exact size: whole rows, then spaces before the closing brace.</summary>
    public static byte[] Settings(string name, int size, string environment)
    {
        var text = new StringBuilder($"{{\n  \"environment\": \"{environment}\"");
        for (var i = 0; text.Length < size - 120; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $",\n  \"feature_{i:D4}\": {{ \"enabled\": {(i % 3 == 0 ? "true" : "false")}, \"bucket\": \"{Token(name + i, 12)}\" }}");
        return Utf8(text.Append(' ', size - text.Length - 3).Append("\n}\n").ToString());
    }
}
