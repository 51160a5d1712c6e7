using System.Buffers;

namespace Plimsoll.Engine.Packages.Executables;

/// <summary>Searches a file of any size for a few bytes, in windows: it is never in memory as a whole.</summary>
internal static class Occurrences
{
    const int Window = 64 << 10;

    /// <summary>The offset of the next <paramref name="literal"/> that lies in [<paramref name="from"/>, <paramref name="to"/>); −1 where there is none.</summary>
    public static long Next(EvidenceFile file, ReadOnlySpan<byte> literal, long from, long to)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Window);
        try
        {
            // One window ends with what the next begins with, so that an occurrence across the border is seen.
            for (var at = from; to - at >= literal.Length; at += Window - literal.Length + 1)
            {
                var window = buffer.AsSpan(0, (int)Math.Min(Window, to - at));
                var read = file.ReadAt(at, window);
                if (window[..read].IndexOf(literal) is var found and >= 0)
                    return at + found;
                if (read < window.Length)
                    return -1;
            }
            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
