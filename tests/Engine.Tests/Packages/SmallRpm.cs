using System.Buffers.Binary;
using System.Text;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>The smallest rpm databases of one package, in the three formats, laid out by their descriptions. <see cref="RpmDatabases"/> has real ones.</summary>
internal static class SmallRpm
{
    const int PageBytes = 512;

    /// <summary>A header of a package with one file.</summary>
    /// <param name="version">With its release behind a hyphen.</param>
    public static byte[] Header(string name, string version = "1.2-3.el9")
    {
        var (index, store) = (new MemoryStream(), new MemoryStream());
        void Entry(int tag, int type, byte[] value)
        {
            var entry = new byte[16];
            foreach (var (at, number) in new[] { (0, tag), (4, type), (8, (int)store.Length), (12, 1) })
                BinaryPrimitives.WriteInt32BigEndian(entry.AsSpan(at), number);
            index.Write(entry);
            store.Write(value);
        }
        // INT32 first, so that it is aligned: the folder of the file; then strings, and lists of strings.
        Entry(1116, 4, new byte[4]);
        foreach (var (tag, type, text) in new[] { (1000, 6, name), (1001, 6, version.Split('-')[0]), (1002, 6, version.Split('-')[1]), (1014, 6, "MIT"), (1022, 6, "noarch"), (1044, 6, $"{name}-{version}.src.rpm"), (1117, 8, "tool"), (1118, 8, "/opt/") })
            Entry(tag, type, [.. Encoding.UTF8.GetBytes(text), 0]);
        var head = new byte[8];
        BinaryPrimitives.WriteInt32BigEndian(head, (int)index.Length / 16);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), (int)store.Length);
        return [.. head, .. index.ToArray(), .. store.ToArray()];
    }

    public static byte[] Ndb(string name, string version = "1.2-3.el9")
    {
        var (header, file) = (Header(name, version), new byte[4096]);
        Little(file, 0, "RpmP"u8, 0, 7, 1, 2);
        for (var slot = 2; slot < 256; slot++)
            Little(file, slot * 16, "Slot"u8, 0, 0, 0);
        Little(file, 32, "Slot"u8, 1, 256, (uint)header.Length / 16 + 2);
        var blob = new byte[16];
        Little(blob, 0, "BlbS"u8, 1, 7, (uint)header.Length);
        return [.. file, .. blob, .. header, .. new byte[12]];
    }

    /// <summary>A page of metadata, one of a hash bucket, and the value on overflow pages.</summary>
    public static byte[] Berkeley(string name, string version = "1.2-3.el9")
    {
        var header = Header(name, version);
        const int Room = PageBytes - 26;
        var pages = (header.Length + Room - 1) / Room;
        var file = new byte[(2 + pages) * PageBytes];
        Little(file, 12, [], 0x061561, 9, PageBytes);
        Little(file, 32, [], (uint)pages + 1);
        var bucket = file.AsSpan(PageBytes, PageBytes);
        (bucket[20], bucket[25]) = (2, 13);
        // The key, then where the value is: kind 3, the first page of it, its length.
        var (key, value) = (PageBytes - 5, PageBytes - 17);
        BinaryPrimitives.WriteUInt16LittleEndian(bucket[26..], (ushort)key);
        BinaryPrimitives.WriteUInt16LittleEndian(bucket[28..], (ushort)value);
        (bucket[key], bucket[key + 1], bucket[value]) = (1, 1, 3);
        Little(file, PageBytes + value + 4, [], 2, (uint)header.Length);
        for (var page = 0; page < pages; page++)
        {
            var at = (2 + page) * PageBytes;
            var part = header.AsSpan(page * Room, Math.Min(Room, header.Length - page * Room));
            Little(file, at + 16, [], page + 1 < pages ? (uint)page + 3 : 0);
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at + 22), (ushort)part.Length);
            file[at + 25] = 7;
            part.CopyTo(file.AsSpan(at + 26));
        }
        return file;
    }

    /// <summary>The schema, a table of one row, and what of the row is on an overflow page.</summary>
    public static byte[] Sqlite(string name, string version = "1.2-3.el9")
    {
        var header = Header(name, version);
        var file = new byte[3 * PageBytes];
        "SQLite format 3\0"u8.CopyTo(file);
        (file[16], file[59]) = (PageBytes >> 8, 1);
        // type, name, tbl_name, rootpage, sql: the columns' types, then their contents.
        byte[] schema = [6, 13 + 2 * 5, 13 + 2 * 8, 13 + 2 * 8, 1, 13, .. "tablePackagesPackages"u8, 2];
        Cell(file, 0, 100, [(byte)schema.Length, 1, .. schema]);
        var type = 12 + 2 * header.Length;
        byte[] row = [4, 1, (byte)(0x80 | type >> 7), (byte)(type & 0x7f), 1, .. header];
        var least = (PageBytes - 12) * 32 / 255 - 23;
        var local = row.Length <= PageBytes - 35 ? row.Length : least + (row.Length - least) % (PageBytes - 4) is var spill && spill <= PageBytes - 35 ? spill : least;
        byte[] length = [(byte)(0x80 | row.Length >> 7), (byte)(row.Length & 0x7f), 1];
        Cell(file, PageBytes, 0, local == row.Length ? [.. length, .. row] : [.. length, .. row[..local], 0, 0, 0, 3]);
        row[local..].CopyTo(file, 2 * PageBytes + 4);
        return file;
    }

    // A leaf of a table with one cell, at the end of the page.
    static void Cell(byte[] file, int page, int head, byte[] cell)
    {
        (file[page + head], file[page + head + 4]) = (13, 1);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(page + head + 8), (ushort)(PageBytes - cell.Length));
        cell.CopyTo(file, page + PageBytes - cell.Length);
    }

    static void Little(byte[] file, int at, ReadOnlySpan<byte> magic, params uint[] words)
    {
        magic.CopyTo(file.AsSpan(at));
        for (var i = 0; i < words.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at + magic.Length + 4 * i), words[i]);
    }
}
