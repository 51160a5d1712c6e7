using System.Buffers.Binary;
using System.Text;

namespace Plimsoll.Engine.Packages.Rpm;

/// <summary>
/// The rows of one table of a SQLite database (SQLite, "Database File Format"), read only and as far as rpm needs it: table b-trees, records and
/// overflow pages. A write-ahead log beside the file is not applied.
/// </summary>
internal sealed class SqliteFile
{
    const int Deepest = 20;
    const int PayloadBytes = 64 << 20;

    readonly EvidenceFile _file;
    readonly int _pageBytes, _usable;
    readonly HashSet<uint> _visited = [];

    SqliteFile(EvidenceFile file)
    {
        _file = file;
        var head = file.Slice(0, 100).Span;
        if (!head.StartsWith("SQLite format 3\0"u8))
            throw new MalformedFileException("it is not a SQLite database");
        _pageBytes = BinaryPrimitives.ReadUInt16BigEndian(head[16..]) is var size && size == 1 ? 65_536 : size;
        _usable = _pageBytes - head[20];
        if (_pageBytes < 512 || !int.IsPow2(_pageBytes) || _usable < 480)
            throw new MalformedFileException("its page size is impossible");
        if (BinaryPrimitives.ReadUInt32BigEndian(head[56..]) is not (0 or 1))
            throw new MalformedFileException("its text is not UTF-8");
    }

    /// <summary>The first blob of each row of <paramref name="table"/>.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> Blobs(EvidenceFile file, string table)
    {
        var database = new SqliteFile(file);
        foreach (var row in database.Rows(1, 0))
        {
            var columns = Columns(row);
            // type, name, tbl_name, rootpage, sql
            if (columns is [{ } type, { } name, _, { Number: > 0 and <= uint.MaxValue } root, ..] && type.Text == "table" && name.Text == table)
            {
                // A page may serve one table only, but the schema was another.
                foreach (var found in database.Rows((uint)root.Number, 0))
                    if (Columns(found).FirstOrDefault(column => column.IsBlob) is { IsBlob: true } blob)
                        yield return blob.Bytes;
                yield break;
            }
        }
        throw new MalformedFileException($"it has no table {table}");
    }

    // Payloads of the rows below a page.
    IEnumerable<ReadOnlyMemory<byte>> Rows(uint number, int depth)
    {
        if (depth > Deepest || !_visited.Add(number))
            throw new MalformedFileException("its pages point at each other");
        var page = Page(number);
        var head = number == 1 ? 100 : 0;
        var type = page.Span[head];
        int cells = BinaryPrimitives.ReadUInt16BigEndian(page.Span[(head + 3)..]);
        if (type is not (5 or 13))
            throw new MalformedFileException("a page of it is of an unknown kind");
        var pointers = head + (type == 5 ? 12 : 8);
        if (pointers + cells * 2 > _usable)
            throw new MalformedFileException("a page of it has more cells than room");
        for (var i = 0; i < cells; i++)
        {
            int at = BinaryPrimitives.ReadUInt16BigEndian(page.Span[(pointers + i * 2)..]);
            if (at + 4 > _usable)
                throw new MalformedFileException("a cell of it lies outside its page");
            if (type == 13)
                yield return Payload(page[at.._usable]);
            else
                foreach (var row in Rows(BinaryPrimitives.ReadUInt32BigEndian(page.Span[at..]), depth + 1))
                    yield return row;
        }
        if (type == 5)
            foreach (var row in Rows(BinaryPrimitives.ReadUInt32BigEndian(page.Span[(head + 8)..]), depth + 1))
                yield return row;
    }

    // Of a table leaf: payload bytes, row id, as much of the payload as fits, and the first overflow page ("B-tree Pages").
    ReadOnlyMemory<byte> Payload(ReadOnlyMemory<byte> cell)
    {
        var at = 0;
        var length = Varint(cell.Span, ref at);
        Varint(cell.Span, ref at);
        if (length is < 0 or > PayloadBytes || length > _file.Length)
            throw new MalformedFileException("a row of it is larger than the database");
        var (most, least) = (_usable - 35, (_usable - 12) * 32 / 255 - 23);
        if (length <= most)
            return at + length <= cell.Length ? cell.Slice(at, (int)length) : throw new MalformedFileException("a row of it is cut short");
        var spill = least + (int)((length - least) % (_usable - 4));
        var local = spill <= most ? spill : least;
        if (at + local + 4 > cell.Length)
            throw new MalformedFileException("a row of it is cut short");
        var payload = new byte[length];
        cell.Span.Slice(at, local).CopyTo(payload);
        Overflow(BinaryPrimitives.ReadUInt32BigEndian(cell.Span[(at + local)..]), payload.AsSpan(local));
        return payload;
    }

    void Overflow(uint number, Span<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            if (number == 0 || !_visited.Add(number))
                throw new MalformedFileException("a row of it is cut short, or its pages point at each other");
            var page = Page(number).Span;
            var take = Math.Min(rest.Length, _usable - 4);
            page.Slice(4, take).CopyTo(rest);
            rest = rest[take..];
            number = BinaryPrimitives.ReadUInt32BigEndian(page);
        }
    }

    ReadOnlyMemory<byte> Page(uint number) => number == 0 ? throw new MalformedFileException("a page of it has the number 0")
        : _file.Slice((number - 1L) * _pageBytes, _pageBytes);

    static List<Column> Columns(ReadOnlyMemory<byte> record)
    {
        var columns = new List<Column>();
        var at = 0;
        var head = Varint(record.Span, ref at);
        if (head < at || head > record.Length)
            throw new MalformedFileException("a record of it is damaged");
        for (var body = head; at < head;)
        {
            var type = Varint(record.Span, ref at);
            var bytes = type switch { < 0 or 10 or 11 => -1L, <= 4 => type, 5 => 6, 6 or 7 => 8, 8 or 9 => 0, _ => (type - 12) / 2 };
            if (bytes < 0 || body + bytes > record.Length)
                throw new MalformedFileException("a record of it is damaged");
            columns.Add(new Column(type, record.Slice((int)body, (int)bytes)));
            body += bytes;
        }
        return columns;
    }

    static long Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        long value = 0;
        for (var i = 0; i < 9; i++)
        {
            if (at >= bytes.Length)
                throw new MalformedFileException("a number of it is cut short");
            var next = bytes[at++];
            if (i == 8)
                return value << 8 | next;
            value = value << 7 | (uint)(next & 0x7f);
            if (next < 0x80)
                break;
        }
        return value;
    }

    readonly record struct Column(long Type, ReadOnlyMemory<byte> Bytes)
    {
        public bool IsBlob => Type >= 12 && Type % 2 == 0;

        public string? Text => Type >= 13 && Type % 2 == 1 ? Encoding.UTF8.GetString(Bytes.Span) : null;

        /// <summary>Of an integer; 0 for anything else.</summary>
        public long Number
        {
            get
            {
                if (Type is 8 or 9)
                    return Type - 8;
                if (Type is < 1 or > 6)
                    return 0;
                long value = (sbyte)Bytes.Span[0];
                foreach (var next in Bytes.Span[1..])
                    value = value << 8 | next;
                return value;
            }
        }
    }
}
