using System.IO.Hashing;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Archives;

/// <summary>
/// Reads a layer's tar as its bytes arrive, in one pass and in any cuts: headers become rows of an <see cref="EntryTable"/>, contents are
/// hashed and shown to those who look at them. Holds at most one extended header in memory.
/// </summary>
internal sealed class TarParser(EntryTable table, IEntryReader? contents, Limits limits, Budget entries)
{
    readonly byte[] _partial = new byte[TarHeader.Size];
    readonly XxHash128 _hash = new();
    readonly byte[] _path = new byte[limits.PathLength];
    byte[] _meta = [];
    PaxRecords? _extended;
    State _state = State.Header;
    byte _metaType;
    bool _hashStarted;
    int _partialLength, _metaLength, _row = -1;
    long _contentSize, _left, _padding, _position, _start = -1;

    enum State { Header, Meta, Content, SparseMap, Padding, FirstZeroBlock, End }

    public void Feed(ReadOnlySpan<byte> chunk)
    {
        while (!chunk.IsEmpty)
        {
            var used = _state switch
            {
                State.Header or State.FirstZeroBlock or State.SparseMap => FeedBlock(chunk),
                State.Content => FeedContent(chunk),
                State.Meta => FeedMeta(chunk),
                State.Padding => FeedPadding(chunk),
                _ => chunk.Length,
            };
            chunk = chunk[used..];
            _position += used;
        }
    }

    /// <summary>When the next bytes are an entry's content: passes over them unseen and returns how many they are. Else 0.</summary>
    public long Skip()
    {
        if (_state != State.Content)
            return 0;
        var skipped = _left;
        (_left, _row) = (0, -1);
        _position += skipped;
        _state = _padding > 0 ? State.Padding : State.Header;
        return skipped;
    }

    /// <summary>The layer has ended; it must not have ended inside an entry.</summary>
    public void Complete()
    {
        var between = _state is State.Header or State.FirstZeroBlock or State.End && _partialLength == 0 && _extended is null;
        if (!between)
            throw new UnreadableImageException($"a layer ends in the middle of an entry, after {_position} bytes", "the archive is truncated: make or copy it again");
    }

    int FeedBlock(ReadOnlySpan<byte> chunk)
    {
        if (_partialLength == 0 && chunk.Length >= TarHeader.Size)
        {
            Block(chunk[..TarHeader.Size], _position + TarHeader.Size);
            return TarHeader.Size;
        }
        var take = Math.Min(chunk.Length, TarHeader.Size - _partialLength);
        chunk[..take].CopyTo(_partial.AsSpan(_partialLength));
        _partialLength += take;
        if (_partialLength == TarHeader.Size)
        {
            _partialLength = 0;
            Block(_partial, _position + take);
        }
        return take;
    }

    void Block(ReadOnlySpan<byte> block, long end)
    {
        var header = new TarHeader(block);
        if (_state == State.SparseMap)
        {
            // Extension of an old GNU sparse map: 21 pairs, then the flag that says whether it goes on.
            _hash.Append(block);
            _hashStarted = true;
            if (_row >= 0)
                contents?.SparseMap(block);
            _state = block[504] != 0 ? State.SparseMap : AfterHeader(end);
        }
        else if (header.IsZero)
            _state = _state == State.FirstZeroBlock ? State.End : State.FirstZeroBlock;
        else if (_state == State.FirstZeroBlock || !header.ChecksumHolds())
            throw new UnreadableImageException($"a layer is not a tar archive at byte {end - TarHeader.Size}", "the archive is corrupt: make or copy it again");
        else
            Header(header, end);
    }

    void Header(TarHeader header, long end)
    {
        var type = header.TypeFlag;
        if (type is (byte)'x' or (byte)'g' or (byte)'L' or (byte)'K')
        {
            if (type != 'g' && _start < 0)
                _start = end - TarHeader.Size;
            BeginMeta(type, header.ContentSize);
            return;
        }

        var size = _extended?.Size ?? header.ContentSize;
        if (size < 0 || size > limits.TotalBytes)
            throw new UnreadableImageException($"a layer has an entry with an impossible size at byte {end - TarHeader.Size}");
        _hash.Reset();
        _hashStarted = false;
        _row = -1;
        _contentSize = _left = HasContent(type) ? size : 0;
        _padding = -_left & (TarHeader.Size - 1);
        var sparse = type == 'S';
        if (TypeOf(type, header.Name) is { } known)
            AddRow(header, known, end, sparse || _extended is { IsSparse: true });
        (_extended, _start) = (null, -1);
        _state = sparse && header.SparseMapGoesOn ? State.SparseMap : AfterHeader(end);
    }

    void AddRow(TarHeader header, EntryType type, long end, bool sparse)
    {
        entries.Take(1);
        var path = _path.AsSpan(0, EntryPath.Write(header, _extended?.Path, limits, _path));
        if (path.IsEmpty)
            return;
        var link = type is EntryType.HardLink or EntryType.SymbolicLink ? _extended?.LinkPath ?? header.LinkName : default;
        if (link.Length > limits.PathLength)
            throw new UnreadableImageException($"a layer has a link target longer than {limits.PathLength} bytes");
        var row = new EntryTable.Row
        {
            Type = type,
            Mode = (ushort)(header.Mode & 0xfff),
            Uid = unchecked((int)(_extended?.Uid ?? header.Uid)),
            Gid = unchecked((int)(_extended?.Gid ?? header.Gid)),
            Size = type == EntryType.File ? _contentSize : 0,
            ModifiedAt = _extended?.ModifiedAt ?? header.ModifiedAt,
            Offset = end,
        };
        _row = table.Add(row, path, link, _extended?.Xattrs);
        contents?.Begin(_row, new EntryHead(header, _extended, path, type, sparse ? -1 : _contentSize, _start < 0 ? end - TarHeader.Size : _start));
    }

    void BeginMeta(byte type, long size)
    {
        if (size < 0 || size > limits.HeaderBytes)
            throw new UnreadableImageException($"a layer has an extended header of {size} bytes; the limit is {limits.HeaderBytes}");
        if (_meta.Length < size)
            _meta = new byte[size];
        (_metaType, _metaLength, _left, _padding, _state) = (type, 0, size, -size & (TarHeader.Size - 1), State.Meta);
        if (size == 0)
            EndMeta();
    }

    int FeedMeta(ReadOnlySpan<byte> chunk)
    {
        var take = (int)Math.Min(chunk.Length, _left);
        chunk[..take].CopyTo(_meta.AsSpan(_metaLength));
        _metaLength += take;
        _left -= take;
        if (_left == 0)
            EndMeta();
        return take;
    }

    void EndMeta()
    {
        var content = _meta.AsSpan(0, _metaLength);
        if (_metaType == 'x')
            (_extended ??= new()).Read(content);
        else if (_metaType == 'L')
            (_extended ??= new()).GnuLongName(content);
        else if (_metaType == 'K')
            (_extended ??= new()).GnuLongLink(content);
        _row = -1;
        _state = _padding > 0 ? State.Padding : State.Header;
    }

    int FeedContent(ReadOnlySpan<byte> chunk)
    {
        var take = (int)Math.Min(chunk.Length, _left);
        var part = chunk[..take];
        _left -= take;
        if (_row >= 0)
        {
            contents?.Append(part);
            Hash(part);
        }
        if (_left == 0)
        {
            contents?.End(_position + take + _padding);
            _state = _padding > 0 ? State.Padding : State.Header;
        }
        return take;
    }

    // Most files lie within one chunk and are hashed in one call.
    void Hash(ReadOnlySpan<byte> part)
    {
        if (_left == 0 && !_hashStarted)
        {
            table.SetContent(_row, XxHash128.HashToUInt128(part));
            return;
        }
        _hash.Append(part);
        _hashStarted = true;
        if (_left == 0)
            table.SetContent(_row, _hash.GetCurrentHashAsUInt128());
    }

    int FeedPadding(ReadOnlySpan<byte> chunk)
    {
        var take = (int)Math.Min(chunk.Length, _padding);
        _padding -= take;
        if (_padding == 0)
            _state = State.Header;
        return take;
    }

    State AfterHeader(long end)
    {
        if (_left > 0)
            return State.Content;
        contents?.End(end);
        return State.Header;
    }

    static bool HasContent(byte type) => type is not ((byte)'1' or (byte)'2' or (byte)'3' or (byte)'4' or (byte)'5' or (byte)'6');

    static EntryType? TypeOf(byte type, ReadOnlySpan<byte> name) => type switch
    {
        0 or (byte)'0' when name.EndsWith("/"u8) => EntryType.Directory,
        0 or (byte)'0' or (byte)'7' or (byte)'S' => EntryType.File,
        (byte)'1' => EntryType.HardLink,
        (byte)'2' => EntryType.SymbolicLink,
        (byte)'3' => EntryType.CharacterDevice,
        (byte)'4' => EntryType.BlockDevice,
        (byte)'5' => EntryType.Directory,
        (byte)'6' => EntryType.Fifo,
        _ => null,
    };
}
