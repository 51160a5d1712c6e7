using System.IO.Hashing;
using Microsoft.Win32.SafeHandles;
using ZstdSharp;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Where a block is, and what it must be.</summary>
/// <param name="Offset">Bytes from the start of its volume.</param>
/// <param name="Packed">Bytes in the file.</param>
/// <param name="Length">Bytes when inflated.</param>
/// <param name="Checksum">XXH3 of the bytes in the file.</param>
internal readonly record struct BlockAddress(long Offset, int Packed, int Length, ulong Checksum);

/// <summary>
/// An open library as blocks. It is read by offsets and never mapped: a mapped file that is cut short by another program ends this one.
/// </summary>
internal sealed class LibraryFile(SafeFileHandle file) : IDisposable
{
    /// <summary>Of one record with all that may be in it, and of the index over the largest table.</summary>
    const int MostBytes = 64 << 20;

    /// <summary>Bytes of memory for blocks that may be asked for again.</summary>
    const long RecentBytes = 16 << 20;

    readonly Decompressor _decompressor = new();
    readonly RecentBlocks _recent = new(RecentBytes);

    public long Length => RandomAccess.GetLength(file);

    /// <summary>The same as <see cref="Block"/>; what was read a moment ago is not again.</summary>
    public byte[] RecentBlock(long start, BlockAddress block) => _recent.Find(start + block.Offset) ?? _recent.Add(start + block.Offset, Block(start, block));

    /// <summary>The bytes of a block, inflated.</summary>
    /// <exception cref="InvalidDataException">It is not what was written there.</exception>
    public byte[] Block(long start, BlockAddress block)
    {
        if (block.Packed is < 0 or > MostBytes || block.Length is < 0 or > MostBytes)
            throw new InvalidDataException("a block is larger than any");
        var packed = new byte[block.Packed];
        Read(start + block.Offset, packed);
        if (XxHash3.HashToUInt64(packed) != block.Checksum)
            throw new InvalidDataException("a block is not what was written");
        var bytes = new byte[block.Length];
        try
        {
            // Two who look things up at once take turns.
            lock (_decompressor)
                return _decompressor.Unwrap(packed, bytes) == bytes.Length ? bytes : throw new InvalidDataException("a block is cut short");
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("a block cannot be inflated", e);
        }
    }

    /// <summary>Fills the buffer.</summary>
    public void Read(long offset, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var count = offset < 0 ? 0 : RandomAccess.Read(file, buffer, offset);
            if (count == 0)
                throw new InvalidDataException("the file is cut short");
            buffer = buffer[count..];
            offset += count;
        }
    }

    public void Dispose()
    {
        _decompressor.Dispose();
        file.Dispose();
    }
}
