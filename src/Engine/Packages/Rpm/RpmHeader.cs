using System.Buffers.Binary;
using System.Text;

namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>
/// A package header as the databases hold it: big-endian, the number of entries and the bytes of the data store, then the entries of 16 bytes,
/// tag, type, offset and count, then the store (rpm, "Package format", Header structure).
/// </summary>
internal sealed class RpmHeader
{
    const int EntryBytes = 16;
    const int MostEntries = 65_536;
    const int MostFiles = 1_000_000;

    /// <summary>Linux's PATH_MAX. A longer folder would be copied for each file in it.</summary>
    const int PathBytes = 4096;

    readonly Dictionary<RpmTag, (int Type, int Offset, int Count)> _entries = [];
    readonly byte[] _store;

    RpmHeader(byte[] store) => _store = store;

    /// <summary>Null for bytes that are no header.</summary>
    public static RpmHeader? Parse(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < 8)
            return null;
        var (entries, bytes) = (BinaryPrimitives.ReadUInt32BigEndian(blob), BinaryPrimitives.ReadUInt32BigEndian(blob[4..]));
        if (entries > MostEntries || 8 + entries * EntryBytes + (long)bytes > blob.Length)
            return null;
        var header = new RpmHeader(blob.Slice(8 + (int)entries * EntryBytes, (int)bytes).ToArray());
        for (var i = 0; i < entries; i++)
        {
            var entry = blob.Slice(8 + i * EntryBytes, EntryBytes);
            var (offset, count) = (BinaryPrimitives.ReadInt32BigEndian(entry[8..]), BinaryPrimitives.ReadInt32BigEndian(entry[12..]));
            if (offset >= 0 && offset < bytes && count > 0)
                header._entries.TryAdd((RpmTag)BinaryPrimitives.ReadInt32BigEndian(entry), (BinaryPrimitives.ReadInt32BigEndian(entry[4..]), offset, count));
        }
        return header;
    }

    /// <summary>A string, the first of a list of strings; null when it is missing or empty.</summary>
    public string? Text(RpmTag tag) =>
        _entries.TryGetValue(tag, out var entry) && entry.Type is 6 or 8 or 9 && Terminated(entry.Offset) is { Length: > 0 and <= 4096 } text && Encoding.UTF8.GetString(text) is var value && value != "(none)" ? value : null;

    public uint? Number(RpmTag tag) => Numbers(tag) is { Length: > 0 } numbers ? numbers[0] : null;

    /// <summary>The paths of all files, without a leading slash.</summary>
    public IEnumerable<byte[]> Files()
    {
        var names = Texts(RpmTag.BaseNames);
        if (names.Count == 0)
            return Texts(RpmTag.OldFileNames);
        var (folders, indexes) = (Texts(RpmTag.DirectoryNames), Numbers(RpmTag.DirectoryIndexes));
        return names.Take(indexes.Length).Select((name, i) => indexes[i] < folders.Count && folders[(int)indexes[i]] is { Length: <= PathBytes } folder ? (byte[])[.. folder, .. name] : name);
    }

    uint[] Numbers(RpmTag tag)
    {
        // INT32
        if (!_entries.TryGetValue(tag, out var entry) || entry.Type != 4)
            return [];
        var numbers = new uint[Math.Min(Math.Min(entry.Count, MostFiles), (_store.Length - entry.Offset) / 4)];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadUInt32BigEndian(_store.AsSpan(entry.Offset + i * 4));
        return numbers;
    }

    // STRING_ARRAY: one after another, each ended by a zero byte.
    List<byte[]> Texts(RpmTag tag)
    {
        var texts = new List<byte[]>();
        if (_entries.TryGetValue(tag, out var entry) && entry.Type == 8)
            for (var (at, left) = (entry.Offset, Math.Min(entry.Count, MostFiles)); left > 0 && at < _store.Length; left--)
            {
                var text = Terminated(at);
                texts.Add(text.ToArray());
                at += text.Length + 1;
            }
        return texts;
    }

    ReadOnlySpan<byte> Terminated(int at)
    {
        var rest = _store.AsSpan(at);
        var end = rest.IndexOf((byte)0);
        return end < 0 ? rest : rest[..end];
    }
}
