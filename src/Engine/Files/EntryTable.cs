namespace Plimsoll.Engine.Files;

/// <summary>The entries of one layer in the order of its tar, at about 130 bytes each with their paths.</summary>
internal sealed class EntryTable
{
    readonly Blocks<Row> _rows = new();
    readonly ByteArena _text = new();
    readonly List<IReadOnlyDictionary<string, byte[]>> _xattrs = [];

    public int Count => _rows.Count;

    public LayerEntry this[int index] => new(this, index);

    public ref readonly Row RowAt(int index) => ref _rows[index];

    public ReadOnlySpan<byte> Text(TextSlice slice) => _text[slice];

    public IReadOnlyDictionary<string, byte[]>? Xattrs(int index) => RowAt(index).Xattrs is var at and > 0 ? _xattrs[at - 1] : null;

    /// <summary>Appends an entry. Its content is known only later: see <see cref="SetContent"/>.</summary>
    public int Add(in Row row, ReadOnlySpan<byte> path, ReadOnlySpan<byte> link, IReadOnlyDictionary<string, byte[]>? xattrs)
    {
        if (xattrs is not null)
            _xattrs.Add(xattrs);
        return _rows.Add(row with { Path = _text.Add(path), Link = _text.Add(link), Xattrs = xattrs is null ? 0 : _xattrs.Count });
    }

    public void SetContent(int index, UInt128 content) => _rows[index].Content = content;

    internal record struct Row
    {
        public TextSlice Path;
        public TextSlice Link;
        public UInt128 Content;
        public long Size;
        public long ModifiedAt;
        public long Offset;
        public int Uid;
        public int Gid;
        public int Xattrs;
        public ushort Mode;
        public EntryType Type;
    }
}
