namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Looks keys up in a table. It stays where it found the last one: who asks in the order of keys has each block read, and gone through, once.
/// </summary>
internal sealed class TableCursor(Table table)
{
    int _block = -1, _at;
    byte[] _bytes = [], _last = [];

    /// <param name="value">Bytes that stay what they are.</param>
    public bool Find(ReadOnlySpan<byte> key, out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (BlockOf(key) is not (>= 0 and var block))
            return false;
        if (block != _block)
            (_bytes, _block, _at) = (table.Read(block), block, 0);
        else if (key.SequenceCompareTo(_last) < 0)
            _at = 0;
        _last = key.ToArray();
        var reader = new ByteReader(_bytes.AsSpan(_at));
        while (!reader.IsAtEnd)
        {
            _at = _bytes.Length - reader.Left;
            var found = reader.Bytes();
            var content = reader.Bytes();
            if (found.SequenceCompareTo(key) is var order && order < 0)
                continue;
            value = _bytes.AsMemory(_bytes.Length - reader.Left - content.Length, content.Length);
            return order == 0;
        }
        return false;
    }

    /// <summary>Whether a key begins so.</summary>
    public bool AnyBegins(ReadOnlySpan<byte> beginning)
    {
        var block = BlockOf(beginning);
        if (block >= 0)
            for (var reader = new ByteReader(table.Read(block)); !reader.IsAtEnd;)
            {
                var key = reader.Bytes();
                reader.Bytes();
                if (key.SequenceCompareTo(beginning) >= 0)
                    return key.StartsWith(beginning);
            }
        return block + 1 < table.Blocks.Count && table.Blocks[block + 1].First.AsSpan().StartsWith(beginning);
    }

    // The last block that does not begin behind the key; -1 where all do.
    int BlockOf(ReadOnlySpan<byte> key)
    {
        var (low, high) = (0, table.Blocks.Count);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (table.Blocks[middle].First.AsSpan().SequenceCompareTo(key) <= 0)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }
}
