using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Plimsoll.Engine.Files;

/// <summary>Paths as the tar has them, bytes, turned into text and into one normal form.</summary>
internal static class PathText
{
    /// <summary>UTF-8 as text; each byte that is not part of valid UTF-8 as <c>\xHH</c>, so that no two names of this kind look alike.</summary>
    public static string Show(ReadOnlySpan<byte> path)
    {
        if (Utf8.IsValid(path))
            return Encoding.UTF8.GetString(path);

        var text = new StringBuilder();
        while (!path.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(path, out var rune, out var used);
            if (status == System.Buffers.OperationStatus.Done)
                text.Append(rune.ToString());
            else
                foreach (var b in path[..used])
                    text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
            path = path[used..];
        }
        return text.ToString();
    }

    /// <summary>
    /// Writes the normal form of <paramref name="path"/> (no leading or trailing slash, no empty, <c>.</c> or <c>..</c> part) to
    /// <paramref name="normal"/>, which must be as long. Returns its length, or −1 when <c>..</c> climbs above the root.
    /// </summary>
    public static int Normalise(ReadOnlySpan<byte> path, Span<byte> normal, out int depth)
    {
        var length = 0;
        depth = 0;
        foreach (var range in path.Split((byte)'/'))
        {
            var part = path[range];
            if (part.IsEmpty || part.SequenceEqual("."u8))
                continue;
            if (part.SequenceEqual(".."u8))
            {
                if (depth-- == 0)
                    return -1;
                length = Math.Max(0, normal[..length].LastIndexOf((byte)'/'));
                continue;
            }
            if (depth++ > 0)
                normal[length++] = (byte)'/';
            part.CopyTo(normal[length..]);
            length += part.Length;
        }
        return length;
    }

    /// <summary>The last part of a path in normal form.</summary>
    public static ReadOnlySpan<byte> Name(ReadOnlySpan<byte> path) => path[(path.LastIndexOf((byte)'/') + 1)..];

    /// <summary>The path without its last part; empty for a path at the root.</summary>
    public static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> path) => path[..Math.Max(0, path.LastIndexOf((byte)'/'))];
}
