using System.Text;
using CsCheck;

namespace Plimsoll.Engine.Tests.Images;

/// <summary>Damages files and tars, the same way for the same random numbers.</summary>
internal static class ImageDamage
{
    /// <summary>Flips, sets, copies, cuts, repeats and inserts, a few at a time.</summary>
    public static byte[] Of(byte[] original, PCG random)
    {
        var bytes = original.ToList();
        for (var times = 1 + random.Next(6); times > 0 && bytes.Count > 0; times--)
        {
            var at = (int)random.Next((uint)bytes.Count);
            var length = Math.Min(bytes.Count - at, 1 + (int)random.Next(64));
            switch (random.Next(8))
            {
                case 0: bytes[at] ^= (byte)(1 << (int)random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = new byte[] { 0, 0xff, (byte)'/', (byte)'.', (byte)'9', 0x80, (byte)'"', (byte)'\n' }[random.Next(8)]; break;
                case 3: bytes.RemoveRange(at, length); break;
                case 4: bytes.InsertRange(at, bytes.GetRange(at, length)); break;
                case 5: bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), length)); break;
                case 6: bytes = bytes[..at]; break;
                default:
                    var from = (int)random.Next((uint)bytes.Count);
                    for (var i = 0; i < length && from + i < bytes.Count; i++)
                        bytes[at + i] = bytes[from + i];
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>A damaged tar header with a right checksum gets past the door.</summary>
    public static byte[] Tar(byte[] tar, PCG random) => WithChecksums(Of(tar, random));

    /// <summary>A few bytes of headers alone: the files stay where they are, and what is said of them is wrong.</summary>
    public static byte[] Headers(byte[] tar, PCG random)
    {
        var bytes = (byte[])tar.Clone();
        var headers = HeadersOf(bytes).ToList();
        for (var times = 1 + random.Next(4); times > 0; times--)
            bytes[headers[(int)random.Next((uint)headers.Count)] + (int)random.Next(500)] = "\0/.07x\xff\x80"u8[(int)random.Next(8)];
        return WithChecksums(bytes);
    }

    static byte[] WithChecksums(byte[] bytes)
    {
        foreach (var at in HeadersOf(bytes))
        {
            bytes.AsSpan(at + 148, 8).Fill((byte)' ');
            var sum = 0;
            foreach (var b in bytes.AsSpan(at, 512))
                sum += b;
            Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(bytes, at + 148);
        }
        return bytes;
    }

    static IEnumerable<int> HeadersOf(byte[] tar) => Enumerable.Range(0, tar.Length / 512).Select(block => block * 512).Where(at => tar.AsSpan(at + 257, 5).SequenceEqual("ustar"u8));
}
