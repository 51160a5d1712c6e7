using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// One gzip member without a name or a time (RFC 1952, 2.3). A block ends on a whole byte with an empty stored block, as a flush does (RFC 1951, 3.2.4),
/// so that blocks that were made apart can stand behind one another.
/// </summary>
internal sealed class GzipBlocks(int level) : IBlockFormat
{
    /// <summary>An empty last block: final, fixed codes, end of block (RFC 1951, 3.2.3).</summary>
    const ushort LastBlock = 0x0003;

    readonly Crc32 _crc = new();
    uint _length;

    // So that what it is packed into is a mebibyte at the most, which is what pools have arrays of.
    public int BlockBytes => 7 << 17;

    // Fixed codes take nine bits for half of all bytes; zlib-ng's fastest level uses no others.
    public int PackedBytes => BlockBytes + BlockBytes / 8 + 1024;

    public int WorkingBytes => 0;

    public ReadOnlyMemory<byte> Start { get; } = new byte[] { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255 };

    public void See(ReadOnlySpan<byte> block)
    {
        _crc.Append(block);
        _length += (uint)block.Length;
    }

    public int Pack(ReadOnlySpan<byte> block, byte[] packed)
    {
        if (block.IsEmpty)
            return 0;
        // The end that it writes when it is closed would end the whole member, so there must be room for it, but it is not used.
        using var bytes = new MemoryStream(packed);
        using var deflate = new DeflateStream(bytes, new ZLibCompressionOptions { CompressionLevel = level }, leaveOpen: true);
        deflate.Write(block);
        deflate.Flush();
        return (int)bytes.Position;
    }

    public ReadOnlyMemory<byte> End()
    {
        var end = new byte[10];
        BinaryPrimitives.WriteUInt16LittleEndian(end, LastBlock);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(2), _crc.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(6), _length);
        return end;
    }

    public void Dispose() { }
}
