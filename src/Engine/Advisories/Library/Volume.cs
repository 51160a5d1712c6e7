using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// The records of one source, with what they are found by: the packages that they name, and the names that they go by. The catalogue of
/// exploited vulnerabilities and the scores are found by their CVE, and have nothing else.
/// </summary>
internal sealed class Volume(LibraryFile file, VolumePlace place)
{
    readonly Table[] _tables = [.. place.Tables.Select(table => new Table(file, place.Start, table))];

    public AdvisorySource Source => place.Source;

    public VolumePlace Place => place;

    Table Records => _tables[0];

    /// <summary>The records that name one of the packages. Which packages each names is not read before somebody asks.</summary>
    /// <param name="packages">Of <see cref="PackageKey"/>, in ascending order.</param>
    /// <param name="seen">The numbers of records that were read before and are not again; those that are read now are added.</param>
    public IEnumerable<Advisory> About(IReadOnlyCollection<byte[]> packages, HashSet<int> seen) =>
        Source.Kind == SourceKind.Advisories ? ByNumbers(Lookup(_tables[1], packages).Select(found => found.Record), seen) : [];

    /// <summary>Whether it is the source of an ecosystem, and has something on this release of it.</summary>
    public bool Covers(string ecosystem) => Source.Kind == SourceKind.Advisories && Source.Name == EcosystemRules.Base(ecosystem)
        && _tables[1].Cursor().AnyBegins(Encoding.UTF8.GetBytes(PackageKey(ecosystem, "")));

    /// <summary>The records that go by one of the names. Which packages each names is not read before somebody asks.</summary>
    /// <param name="names">Of <see cref="NameKey"/>, in ascending order.</param>
    /// <param name="following">Also those that follow from one (<c>upstream</c>).</param>
    /// <inheritdoc cref="About"/>
    public IEnumerable<Advisory> Named(IReadOnlyCollection<byte[]> names, HashSet<int> seen, bool following = false) => Source.Kind == SourceKind.Advisories
        ? ByNumbers(Lookup(_tables[2], names).Where(found => following || !found.Follows).Select(found => found.Record), seen) : [];

    /// <summary>Finds what the catalogue or the scores say of a CVE.</summary>
    public TableCursor Cursor() => Records.Cursor();

    /// <summary>Each record's id, and a hash of all that is kept of it.</summary>
    public IEnumerable<(string Id, ulong Hash)> Fingerprints() => Records.All().Select(entry =>
        (Source.Kind == SourceKind.Advisories ? new ByteReader(entry.Value.Span).Text() : Encoding.UTF8.GetString(entry.Key.Span), XxHash3.HashToUInt64(entry.Value.Span)));

    /// <summary>Whether it is the other, copied: the index of a table says what is in each of its blocks.</summary>
    public bool HasBytesOf(Volume other) => place.Length == other.Place.Length && place.Tables.SequenceEqual(other.Place.Tables);

    /// <summary>Each record's id, its number, and when it was modified; advisories only.</summary>
    public IEnumerable<(string Id, int Number, DateTimeOffset Modified)> Editions() => Records.All().Select(entry =>
    {
        var (id, modified) = AdvisoryFormat.Edition(entry.Value.Span);
        return (id, BinaryPrimitives.ReadInt32BigEndian(entry.Key.Span), modified);
    });

    /// <summary>Each record's id and its bytes, which are good until the next.</summary>
    public IEnumerable<(string Id, ReadOnlyMemory<byte> Record)> Bytes() => Records.All().Select(entry => (AdvisoryFormat.Edition(entry.Value.Span).Id, entry.Value));

    /// <summary>The record of a number.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public static Advisory Record(TableCursor cursor, int number) =>
        cursor.Find(RecordKey(number), out var record) ? AdvisoryFormat.Read(record.Span) : throw NoRecord();

    public static byte[] RecordKey(int number)
    {
        var key = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(key, number);
        return key;
    }

    public static string PackageKey(string ecosystem, string name) => $"{EcosystemRules.KeyOf(ecosystem)}\0{EcosystemRules.NameOf(ecosystem, name)}";

    /// <summary>Found however it is typed; who asks for the id itself compares it with the record's.</summary>
    public static string NameKey(string id) => id.ToUpperInvariant();

    /// <summary>Keys as tables have them: in the order of their bytes, each once.</summary>
    public static IReadOnlyCollection<byte[]> Sorted(IEnumerable<string> keys) =>
        [.. keys.Distinct(StringComparer.Ordinal).Select(Encoding.UTF8.GetBytes).Order(ByBytes)];

    public static readonly Comparer<byte[]> ByBytes = Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    static IEnumerable<(int Record, bool Follows)> Lookup(Table table, IReadOnlyCollection<byte[]> keys)
    {
        var cursor = table.Cursor();
        foreach (var key in keys)
            if (cursor.Find(key, out var value))
                foreach (var found in Postings.Read(value.Span))
                    yield return found;
    }

    // In the order of their numbers, which is that of the blocks.
    IEnumerable<Advisory> ByNumbers(IEnumerable<int> numbers, HashSet<int> seen)
    {
        var cursor = Records.Cursor();
        foreach (var number in numbers.Where(seen.Add).Order())
            yield return cursor.Find(RecordKey(number), out var record) ? AdvisoryFormat.Open(record) : throw NoRecord();
    }

    static InvalidDataException NoRecord() => new("an index names a record that is not there");
}
