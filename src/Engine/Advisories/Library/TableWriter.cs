namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Writes a <see cref="Table"/>.</summary>
internal sealed class TableWriter(BlockWriter blocks)
{
    /// <summary>Bytes of a block. Larger ones pack better, and cost more when one value is wanted of them.</summary>
    const int BlockBytes = 16 << 10;

    readonly ByteWriter _block = new(), _index = new();
    byte[] _first = [];

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
        return blocks.Write(_index.Written);
    }

    void Flush()
    {
        _index.Bytes(_first);
        _index.Address(blocks.Write(_block.Written));
        _block.Clear();
    }
}
