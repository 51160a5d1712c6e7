namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Writes a <see cref="Table"/>.</summary>
internal sealed class TableWriter(BlockWriter blocks)
{
    /// <summary>Bytes of a block. Larger ones pack better, and cost more when one value is wanted of them.</summary>
    const int BlockBytes = 16 << 10;

    readonly ByteWriter _block = new(), _index = new();
    byte[] _first = [];
    (byte[] First, Task<PackedBlock> Block)? _last;

    /// <summary>Keys come in ascending order of their bytes.</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (_block.Length > 0 && _block.Length + key.Length + value.Length > BlockBytes)
            Flush();
        if (_block.Length == 0)
            _first = key.ToArray();
        _block.Bytes(key);
        _block.Bytes(value);
    }

    /// <summary>Writes what is left, and the index, which is what the table is found by.</summary>
    public BlockAddress End()
    {
        if (_block.Length > 0)
            Flush();
        Settle();
        return blocks.Write(_index.Written);
    }

    // One is packed while the next is filled.
    void Flush()
    {
        Settle();
        _last = (_first, blocks.Pack(_block.Written.ToArray()));
        _block.Clear();
    }

    void Settle()
    {
        if (_last is not var (first, block))
            return;
        _index.Bytes(first);
        _index.Address(blocks.Write(block.GetAwaiter().GetResult()));
        _last = null;
    }
}
