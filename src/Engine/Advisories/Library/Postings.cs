namespace Plimsoll.Engine.Advisories.Library;

/// <summary>The numbers of the records that an index gives for a key.</summary>
internal static class Postings
{
    /// <param name="records">In ascending order. A record may stand twice, once as what follows from the name.</param>
    public static void Write(ByteWriter bytes, IEnumerable<(int Record, bool Follows)> records)
    {
        var last = 0;
        foreach (var (record, follows) in records)
        {
            bytes.Number((ulong)(record - last) << 1 | (follows ? 1u : 0));
            last = record;
        }
    }

    public static List<(int Record, bool Follows)> Read(ReadOnlySpan<byte> value)
    {
        var bytes = new ByteReader(value);
        var (records, last) = (new List<(int, bool)>(), 0L);
        while (!bytes.IsAtEnd)
        {
            var next = bytes.Number();
            last += (long)(next >> 1);
            records.Add((last is >= 0 and <= int.MaxValue ? (int)last : throw new InvalidDataException("a record has a number beyond all numbers"), (next & 1) == 1));
        }
        return records;
    }
}
