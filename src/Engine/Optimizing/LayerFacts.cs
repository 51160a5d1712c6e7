using System.Security.Cryptography;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Optimizing;

/// <summary>What must be known of a layer's entries besides their rows before a byte of it may go: where each lies in the tar, and what it holds to the bit.</summary>
internal sealed class LayerFacts : IEntryReader, IDisposable
{
    static readonly byte[] NoContent = SHA256.HashData([]);

    readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    readonly Blocks<Fact> _facts = new();
    readonly TarParser _parser;
    long _seen, _spans, _end;
    bool _hashed;
    int _row = -1;

    public LayerFacts(Limits limits, Budget entries) => _parser = new TarParser(Table, this, limits, entries);

    public EntryTable Table { get; } = new();

    /// <summary>Whether the tar holds what has no row: an entry for the root, or of a type that nobody unpacks.</summary>
    public bool HasMore => _spans != _end;

    public ref readonly Fact this[int row] => ref _facts[row];

    public void Feed(ReadOnlySpan<byte> chunk) => _parser.Feed(chunk);

    public void Complete()
    {
        _parser.Complete();
        Dispose();
    }

    public void Dispose() => _hash.Dispose();

    /// <summary>As the files of an image are folded.</summary>
    public LayerIndex Index(Digest digest, Digest diffId, long storedBytes) =>
        new(digest, diffId, storedBytes, Table, new Dictionary<string, byte[]>(), new Dictionary<int, Packages.PackageEvidence>(), new Dictionary<int, IReadOnlyList<Secrets.FileSecret>>(), []);

    /// <summary>Takes over an entry of another layer.</summary>
    public void Take(LayerFacts other, int row)
    {
        Table.Add(other.Table.RowAt(row), other.Table[row].PathBytes, other.Table[row].LinkBytes, other.Table.Xattrs(row));
        _facts.Add(other[row]);
    }

    /// <summary>Takes entries that stand in for one that went.</summary>
    /// <param name="at">Where that began.</param>
    public void TakeStubs(byte[] stubs, long at)
    {
        for (var (from, first) = (0, Table.Count); from < stubs.Length; first = Table.Count)
        {
            var start = from;
            do
                Feed(stubs.AsSpan(from, TarHeader.Size));
            while ((from += TarHeader.Size) < stubs.Length && Table.Count == first);
            (_facts[first].Start, _facts[first].End, _facts[first].Stub) = (at, at, stubs[start..from]);
        }
    }

    public void Begin(int row, EntryHead head)
    {
        var device = head.Type is EntryType.CharacterDevice or EntryType.BlockDevice;
        _facts.Add(new Fact
        {
            Start = head.Start, DeviceMajor = device ? head.Header.DeviceMajor : 0, DeviceMinor = device ? head.Header.DeviceMinor : 0,
            IsArchive = head.Type == EntryType.File && head.Size >= 8,
        });
        (_row, _seen, _hashed) = (row, 0, false);
        if (head.Size >= 0 || head.Type != EntryType.File)
            return;
        // The holes of a sparse file are part of what it is.
        if (head.Header.TypeFlag == 'S')
            Hash(head.Header.SparseMap);
        if (head.Extended is { } extended)
            Hash(extended.SparseMap);
    }

    public void SparseMap(ReadOnlySpan<byte> block) => Hash(block);

    public void Append(ReadOnlySpan<byte> part)
    {
        ref var fact = ref _facts[_row];
        for (var i = 0; i < part.Length && _seen + i < 8; i++)
            fact.IsArchive &= part[i] == "!<arch>\n"u8[(int)_seen + i];
        _seen += part.Length;
        Hash(part);
    }

    void Hash(ReadOnlySpan<byte> part)
    {
        _hash.AppendData(part);
        _hashed = true;
    }

    public void End(long end)
    {
        _end = end;
        if (_row < 0)
            return;
        ref var fact = ref _facts[_row];
        fact.End = end;
        _spans += end - fact.Start;
        fact.Content = new Sha256(_hashed ? _hash.GetHashAndReset() : NoContent);
        _row = -1;
    }

    internal struct Fact
    {
        /// <summary>The whole entry in the tar, with its extended headers and its padding.</summary>
        public long Start;
        public long End;
        public long DeviceMajor;
        public long DeviceMinor;

        /// <summary>The entry itself where the tar does not have it yet.</summary>
        public byte[]? Stub;

        /// <summary>Of a file's content; of a sparse file, of its map and of the bytes that are stored.</summary>
        public Sha256 Content;

        /// <summary>Whether the content is an <c>ar</c> archive, as static libraries are.</summary>
        public bool IsArchive;
    }
}

/// <summary>A SHA-256 without an object of its own.</summary>
internal readonly record struct Sha256(UInt128 High, UInt128 Low)
{
    public Sha256(ReadOnlySpan<byte> hash) : this(
        System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash), System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(hash[16..])) { }

    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{High:x32}{Low:x32}");
}
