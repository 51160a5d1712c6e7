using System.Buffers;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// Compresses what it takes on several cores. Where it is cut depends on the format alone and blocks are passed on in their order, so that the same bytes
/// come out however many cores there are.
/// </summary>
internal sealed class BlockCompressor(IBlockFormat format, int cores, Take next) : IAsyncDisposable
{
    /// <summary>Of all blocks that are under way.</summary>
    const int MemoryBytes = 40 << 20;

    readonly int _most = Math.Max(2, Math.Min(2 * cores, MemoryBytes / (format.BlockBytes + format.PackedBytes + format.WorkingBytes)));
    readonly Queue<Block> _packing = new();
    readonly Stack<Block> _free = new();
    Block? _filling;
    bool _packed;
    bool _begun;

    sealed record Block(byte[] Plain, byte[] Packed)
    {
        public int Length { get; set; }

        public Task<int> Packing { get; set; } = Task.FromResult(0);
    }

    public async ValueTask Take(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        while (bytes.Length > 0)
        {
            _filling ??= await Free(ct);
            var taken = Math.Min(bytes.Length, format.BlockBytes - _filling.Length);
            bytes[..taken].CopyTo(_filling.Plain.AsMemory(_filling.Length));
            _filling.Length += taken;
            bytes = bytes[taken..];
            if (_filling.Length == format.BlockBytes)
                Pack(_filling);
        }
    }

    /// <summary>Passes on what is left, and the end.</summary>
    public async Task Complete(CancellationToken ct)
    {
        // Nothing at all is one empty block: a file without a frame is no zstd.
        if (_filling is not null || !_packed)
            Pack(_filling ?? await Free(ct));
        while (_packing.Count > 0)
            await PassOn(ct);
        await next(format.End(), ct);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var block in _packing)
            await ((Task)block.Packing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var block in _packing.Concat(_free).Append(_filling).OfType<Block>())
        {
            ArrayPool<byte>.Shared.Return(block.Plain);
            ArrayPool<byte>.Shared.Return(block.Packed);
        }
        _filling = null;
        _packing.Clear();
        _free.Clear();
    }

    void Pack(Block block)
    {
        format.See(block.Plain.AsSpan(0, block.Length));
        block.Packing = Task.Run(() => format.Pack(block.Plain.AsSpan(0, block.Length), block.Packed), CancellationToken.None);
        _packing.Enqueue(block);
        (_filling, _packed) = (null, true);
    }

    async ValueTask<Block> Free(CancellationToken ct)
    {
        if (_packing.Count >= _most)
            await PassOn(ct);
        var block = _free.TryPop(out var free) ? free : new Block(ArrayPool<byte>.Shared.Rent(format.BlockBytes), ArrayPool<byte>.Shared.Rent(format.PackedBytes));
        block.Length = 0;
        return block;
    }

    // The oldest, which everything behind it has to wait for.
    async ValueTask PassOn(CancellationToken ct)
    {
        var length = await _packing.Peek().Packing;
        if (!_begun)
            await next(format.Start, ct);
        _begun = true;
        var block = _packing.Dequeue();
        _free.Push(block);
        await next(block.Packed.AsMemory(0, length), ct);
    }
}
