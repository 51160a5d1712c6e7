using System.Collections.Concurrent;
using ZstdSharp;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Zstandard frames behind one another (RFC 8878, 3.1): each block is a frame of its own that says how long its content is.</summary>
internal sealed class ZstdBlocks(int level) : IBlockFormat
{
    readonly ConcurrentBag<Compressor> _compressors = [];

    // So that what it is packed into is four mebibytes, or two, at the most, which is what pools have arrays of. The high levels keep tables of many times
    // a frame.
    public int BlockBytes => (IsHigh ? 2 << 20 : 4 << 20) - (1 << 16);

    public int PackedBytes => Compressor.GetCompressBound(BlockBytes);

    public int WorkingBytes => IsHigh ? 20 * BlockBytes : 0;

    bool IsHigh => level > 15;

    public ReadOnlyMemory<byte> Start => default;

    public void See(ReadOnlySpan<byte> block) { }

    // A compressor has tables of megabytes, which are worth keeping.
    public int Pack(ReadOnlySpan<byte> block, byte[] packed)
    {
        if (!_compressors.TryTake(out var compressor))
            compressor = new Compressor(level);
        var length = compressor.Wrap(block, packed);
        _compressors.Add(compressor);
        return length;
    }

    public ReadOnlyMemory<byte> End() => default;

    public void Dispose()
    {
        foreach (var compressor in _compressors)
            compressor.Dispose();
    }
}
