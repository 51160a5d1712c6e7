using System.Text;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Secrets;
using ZstdSharp;

namespace Plimsoll.Engine.Files;

/// <summary>
/// A layer's index as bytes, zstd-compressed, to be kept under its diff id. It begins with <see cref="Rules.Revision"/>: what other rules
/// wrote is not read.
/// </summary>
public static class LayerIndexFormat
{
    /// <summary>Entries are alike: this level makes a sixth of them, in less time than reading the layer takes.</summary>
    const int Level = 3;

    public static byte[] Write(LayerIndex index)
    {
        using var bytes = new MemoryStream();
        using (var compressor = new CompressionStream(bytes, Level, leaveOpen: true))
        using (var writer = new BinaryWriter(compressor, Encoding.UTF8))
        {
            writer.Write(Rules.Revision);
            writer.Write(index.Digest.Value);
            writer.Write(index.DiffId.Value);
            writer.Write(index.CompressedSize);
            Entries(writer, index.Table);
            Map(writer, index.Kept, writer.Write, content => Bytes(writer, content));
            Map(writer, index.Packages, writer.Write, evidence => EvidenceFormat.Write(writer, evidence));
            Map(writer, index.Secrets, writer.Write, secrets => SecretFormat.Write(writer, secrets));
            Texts(writer, index.Notes);
        }
        return bytes.ToArray();
    }

    /// <summary>Null when other rules wrote it, or it is damaged: then the layer is read again.</summary>
    public static LayerIndex? Read(byte[] bytes)
    {
        try
        {
            using var reader = new BinaryReader(new BufferedStream(new DecompressionStream(new MemoryStream(bytes)), 1 << 16), Encoding.UTF8);
            if (reader.ReadInt32() != Rules.Revision)
                return null;
            var (digest, diffId, size) = (Digest.Parse(reader.ReadString()), Digest.Parse(reader.ReadString()), reader.ReadInt64());
            var entries = Entries(reader);
            var kept = Map(reader, reader.ReadString, () => Bytes(reader));
            var packages = Map(reader, reader.ReadInt32, () => EvidenceFormat.Read(reader));
            var secrets = Map(reader, reader.ReadInt32, () => SecretFormat.Read(reader));
            return new LayerIndex(digest, diffId, size, entries, kept, packages, secrets, Texts(reader));
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or ZstdException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    static void Entries(BinaryWriter writer, EntryTable table)
    {
        writer.Write(table.Count);
        for (var i = 0; i < table.Count; i++)
        {
            ref readonly var row = ref table.RowAt(i);
            Bytes(writer, table.Text(row.Path));
            Bytes(writer, table.Text(row.Link));
            writer.Write((byte)row.Type);
            writer.Write(row.Mode);
            writer.Write7BitEncodedInt(row.Uid);
            writer.Write7BitEncodedInt(row.Gid);
            writer.Write7BitEncodedInt64(row.Size);
            writer.Write7BitEncodedInt64(row.ModifiedAt);
            writer.Write7BitEncodedInt64(row.Offset);
            writer.Write((ulong)(row.Content >> 64));
            writer.Write((ulong)row.Content);
            var xattrs = table.Xattrs(i);
            writer.Write(xattrs is not null);
            if (xattrs is not null)
                Map(writer, xattrs, writer.Write, content => Bytes(writer, content));
        }
    }

    static EntryTable Entries(BinaryReader reader)
    {
        var table = new EntryTable();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var (path, link) = (Bytes(reader), Bytes(reader));
            var row = new EntryTable.Row
            {
                Type = (EntryType)reader.ReadByte(), Mode = reader.ReadUInt16(), Uid = reader.Read7BitEncodedInt(), Gid = reader.Read7BitEncodedInt(),
                Size = reader.Read7BitEncodedInt64(), ModifiedAt = reader.Read7BitEncodedInt64(), Offset = reader.Read7BitEncodedInt64(),
                Content = new UInt128(reader.ReadUInt64(), reader.ReadUInt64()),
            };
            table.Add(row, path, link, reader.ReadBoolean() ? Map(reader, reader.ReadString, () => Bytes(reader)) : null);
        }
        return table;
    }

    internal static void Bytes(BinaryWriter writer, ReadOnlySpan<byte> bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    internal static byte[] Bytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new EndOfStreamException();
    }

    internal static void Texts(BinaryWriter writer, IReadOnlyCollection<string> texts)
    {
        writer.Write7BitEncodedInt(texts.Count);
        foreach (var text in texts)
            writer.Write(text);
    }

    internal static IReadOnlyList<string> Texts(BinaryReader reader)
    {
        var texts = new List<string>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            texts.Add(reader.ReadString());
        return texts;
    }

    internal static void Map<TKey, TValue>(BinaryWriter writer, IReadOnlyDictionary<TKey, TValue> map, Action<TKey> key, Action<TValue> value) where TKey : notnull
    {
        writer.Write7BitEncodedInt(map.Count);
        foreach (var pair in map.OrderBy(pair => pair.Key, Comparer<TKey>.Create((a, b) => a is string x ? string.CompareOrdinal(x, b as string) : Comparer<TKey>.Default.Compare(a, b))))
        {
            key(pair.Key);
            value(pair.Value);
        }
    }

    internal static Dictionary<TKey, TValue> Map<TKey, TValue>(BinaryReader reader, Func<TKey> key, Func<TValue> value) where TKey : notnull
    {
        var map = new Dictionary<TKey, TValue>();
        for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            map[key()] = value();
        return map;
    }
}
