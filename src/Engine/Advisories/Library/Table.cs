namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Values by key. The keys are sorted and stand with their values in blocks; an index says which key each block begins with. Nothing of it
/// is read before it is asked for.
/// </summary>
internal sealed class Table(LibraryFile file, long start, BlockAddress index)
{
    IReadOnlyList<(byte[] First, BlockAddress Block)>? _blocks;

    // Two threads that read it at once read the same.
    public IReadOnlyList<(byte[] First, BlockAddress Block)> Blocks => _blocks ??= ReadIndex();

    public TableCursor Cursor() => new(this);

    /// <summary>A block, which is nobody's to write to.</summary>
    public byte[] Read(int block) => file.RecentBlock(start, Blocks[block].Block);

    /// <summary>All values in the order of keys; each is good until the next.</summary>
    public IEnumerable<(ReadOnlyMemory<byte> Key, ReadOnlyMemory<byte> Value)> All()
    {
        for (var block = 0; block < Blocks.Count; block++)
        {
            // Who reads all of it has no use for any again.
            ReadOnlyMemory<byte> rest = file.Block(start, Blocks[block].Block);
            while (rest.Length > 0)
            {
                var (key, value) = Next(ref rest);
                yield return (key, value);
            }
        }
    }

    static (ReadOnlyMemory<byte>, ReadOnlyMemory<byte>) Next(ref ReadOnlyMemory<byte> rest)
    {
        var reader = new ByteReader(rest.Span);
        var key = reader.Bytes().Length;
        var keyStart = rest.Length - reader.Left - key;
        var value = reader.Bytes().Length;
        var end = rest.Length - reader.Left;
        var entry = (rest.Slice(keyStart, key), rest[(end - value)..end]);
        rest = rest[end..];
        return entry;
    }

    List<(byte[], BlockAddress)> ReadIndex()
    {
        var blocks = new List<(byte[], BlockAddress)>();
        var reader = new ByteReader(file.Block(start, index));
        while (!reader.IsAtEnd)
            blocks.Add((reader.Bytes().ToArray(), reader.Address()));
        return blocks;
    }
}
