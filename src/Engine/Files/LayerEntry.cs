namespace Plimsoll.Engine.Files;

/// <summary>One entry of a layer's tar: a view of a row, cheap to pass around.</summary>
public readonly struct LayerEntry
{
    readonly EntryTable _table;
    readonly int _index;

    internal LayerEntry(EntryTable table, int index) => (_table, _index) = (table, index);

    /// <summary>The path from the root, without a leading or trailing slash. Bytes that are not UTF-8 are written <c>\xHH</c>.</summary>
    public string Path => PathText.Show(PathBytes);

    public EntryType Type => Row.Type;

    /// <summary>Permission bits with set-user-id, set-group-id and sticky: the low twelve bits of <c>st_mode</c>.</summary>
    public UnixFileMode Mode => (UnixFileMode)Row.Mode;

    public int Uid => Row.Uid;

    public int Gid => Row.Gid;

    /// <summary>Bytes of content in the layer; of a sparse file, the bytes that are stored. 0 for anything but a file.</summary>
    public long Size => Row.Size;

    /// <summary>Seconds since the epoch.</summary>
    public long ModifiedAt => Row.ModifiedAt;

    /// <summary>Where the content starts in the uncompressed layer, in bytes.</summary>
    public long Offset => Row.Offset;

    /// <summary>XXH3-128 of the content. Equal content has equal identity; it withstands accidents, not an adversary.</summary>
    public UInt128 Content => Row.Content;

    /// <summary>Where a symbolic link points, or the path that a hard link shares; empty for anything else.</summary>
    public string LinkTarget => PathText.Show(LinkBytes);

    /// <summary>Extended attributes by name, such as <c>security.capability</c>; null when there are none.</summary>
    public IReadOnlyDictionary<string, byte[]>? Xattrs => _table.Xattrs(_index);

    internal int Index => _index;

    internal ReadOnlySpan<byte> PathBytes => _table.Text(Row.Path);

    internal ReadOnlySpan<byte> LinkBytes => _table.Text(Row.Link);

    ref readonly EntryTable.Row Row => ref _table.RowAt(_index);
}
