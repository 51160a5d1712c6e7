using System.Text;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Which records are found by a key, while a volume is written.</summary>
internal sealed class VolumeIndex
{
    /// <summary>Bytes of memory. All advisories of all ecosystems take about half.</summary>
    const long MostBytes = 512L << 20;

    readonly Dictionary<string, List<(int Record, bool Follows)>> _records = new(StringComparer.Ordinal);
    long _taken;

    /// <summary>Records come in ascending order. False when the index is full.</summary>
    public bool Add(string key, int record, bool follows = false)
    {
        if (!_records.TryGetValue(key, out var records))
        {
            // A text, a list and their place.
            _taken += 2 * key.Length + 128;
            _records[key] = records = new(1);
        }
        // A record may name a package several times, and a name as what it goes by and as what it follows from.
        if (!(records is [.., var last] && last == (record, follows) || records is [.., var other, _] && other == (record, follows)))
        {
            _taken += 16;
            records.Add((record, follows));
        }
        return _taken <= MostBytes;
    }

    public BlockAddress Write(BlockWriter blocks)
    {
        var (table, value) = (new TableWriter(blocks), new ByteWriter());
        foreach (var (key, records) in _records.Select(pair => (Key: Encoding.UTF8.GetBytes(pair.Key), pair.Value)).OrderBy(pair => pair.Key, Volume.ByBytes))
        {
            value.Clear();
            Postings.Write(value, records);
            table.Add(key, value.Written);
        }
        return table.End();
    }
}
