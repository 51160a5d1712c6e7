using System.IO.Hashing;
using ZstdSharp;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Appends blocks to a file.</summary>
internal sealed class BlockWriter(Stream file) : IDisposable
{
    /// <summary>Higher levels make a hundredth less of blocks of this size, and take twice the time.</summary>
    const int Level = 6;

    readonly Compressor _compressor = new(Level);
    long _start;

    public long Position => file.Position;

    /// <summary>From here on, addresses count from where the file ends now.</summary>
    public long Begin() => _start = file.Position;

    public BlockAddress Write(ReadOnlySpan<byte> bytes)
    {
        var offset = file.Position - _start;
        var packed = _compressor.Wrap(bytes);
        file.Write(packed);
        return new BlockAddress(offset, packed.Length, bytes.Length, XxHash3.HashToUInt64(packed));
    }

    /// <summary>Bytes of another library as they are: their checksums come with them. Returns how many.</summary>
    public long Copy(LibraryFile from, long start, long length)
    {
        var buffer = new byte[1 << 20];
        for (var at = 0L; at < length; at += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at));
            from.Read(start + at, part);
            file.Write(part);
        }
        return length;
    }

    public void Dispose() => _compressor.Dispose();
}
