using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Plimsoll.Engine.Archives;

/// <summary>What an extended header says of the next entry (POSIX pax, "pax Extended Header"): null where it is silent.</summary>
internal sealed class PaxRecords
{
    const string XattrPrefix = "SCHILY.xattr.";

    readonly List<byte> _sparseMap = [];

    public byte[]? Path { get; private set; }

    public byte[]? LinkPath { get; private set; }

    public long? Size { get; private set; }

    public long? Uid { get; private set; }

    public long? Gid { get; private set; }

    public long? ModifiedAt { get; private set; }

    /// <summary>GNU tar's sparse formats 0.0, 0.1 and 1.0: only the data is stored.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>All that they say of the holes.</summary>
    public ReadOnlySpan<byte> SparseMap => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_sparseMap);

    public Dictionary<string, byte[]>? Xattrs { get; private set; }

    public void GnuLongName(ReadOnlySpan<byte> name) => Path = UpToNul(name);

    public void GnuLongLink(ReadOnlySpan<byte> name) => LinkPath = UpToNul(name);

    /// <summary>Reads the records <c>LENGTH KEY=VALUE\n</c>; the length counts the whole record.</summary>
    public void Read(ReadOnlySpan<byte> records)
    {
        // Writers pad with zeros; nothing may follow them.
        for (records = records.TrimEnd((byte)0); !records.IsEmpty;)
        {
            if (!Utf8Parser.TryParse(records, out int length, out var digits) || length <= digits + 2 || length > records.Length
                || records[digits] != ' ' || records[length - 1] != '\n')
                throw Corrupt();
            var record = records[(digits + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
                throw Corrupt();
            if (record.StartsWith("GNU.sparse."u8))
                _sparseMap.AddRange(record);
            Set(Encoding.UTF8.GetString(record[..equals]), record[(equals + 1)..]);
            records = records[length..];
        }
    }

    void Set(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path": Path = Name(value); break;
            case "linkpath": LinkPath = Name(value); break;
            case "size": Size = Whole(value); break;
            case "uid": Uid = Whole(value); break;
            case "gid": Gid = Whole(value); break;
            case "mtime": ModifiedAt = (long)Math.Clamp(Math.Floor(Decimal(value)), long.MinValue, long.MaxValue); break;
            case "GNU.sparse.name": Path = Name(value); IsSparse = true; break;
            case var _ when key.StartsWith("GNU.sparse.", StringComparison.Ordinal): IsSparse = true; break;
            case var _ when key.StartsWith(XattrPrefix, StringComparison.Ordinal): (Xattrs ??= [])[key[XattrPrefix.Length..]] = value.ToArray(); break;
        }
    }

    static byte[] Name(ReadOnlySpan<byte> value) => value.Contains((byte)0) ? throw Corrupt() : value.ToArray();

    static byte[] UpToNul(ReadOnlySpan<byte> name) => name[..(name.IndexOf((byte)0) is var end and >= 0 ? end : name.Length)].ToArray();

    static long Whole(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length && number >= 0 ? number : throw Corrupt();

    static double Decimal(ReadOnlySpan<byte> value) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : throw Corrupt();

    static UnreadableImageException Corrupt() => new("a layer has a malformed PAX header");
}
