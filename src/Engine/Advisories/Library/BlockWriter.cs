using System.IO.Hashing;
using ZstdSharp;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Appends blocks to a file.</summary>
internal sealed class BlockWriter(Stream file) : IDisposable
{
    /// <summary>Higher levels make a hundredth less of blocks of this size, and take twice the time.</summary>
    const int Level = 6;

    readonly Compressor _compressor = new(Level);
    Task _packing = Task.CompletedTask;
    long _start;

    public long Position => file.Position;

    /// <summary>From here on, addresses count from where the file ends now.</summary>
    public long Begin() => _start = file.Position;

    /// <summary>Packs a block on another thread. The one before must be packed by then.</summary>
    public Task<PackedBlock> Pack(byte[] bytes)
    {
        var packing = Task.Run(() => Packed(bytes));
        _packing = packing;
        return packing;
    }

    public BlockAddress Write(ReadOnlySpan<byte> bytes) => Write(Packed(bytes));

    public BlockAddress Write(PackedBlock block)
    {
        var offset = file.Position - _start;
        file.Write(block.Bytes);
        return new BlockAddress(offset, block.Bytes.Length, block.Length, block.Hash);
    }

    PackedBlock Packed(ReadOnlySpan<byte> bytes)
    {
        var packed = _compressor.Wrap(bytes).ToArray();
        return new PackedBlock(packed, bytes.Length, XxHash3.HashToUInt64(packed));
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

    public void Dispose()
    {
        // Whoever gave up may have left a block that is being packed. How that ends is of no interest.
        Task.WhenAny(_packing).GetAwaiter().GetResult();
        _compressor.Dispose();
    }
}

/// <param name="Length">When it is unpacked.</param>
/// <param name="Hash">Of its bytes as they are here.</param>
internal sealed record PackedBlock(byte[] Bytes, int Length, ulong Hash);
