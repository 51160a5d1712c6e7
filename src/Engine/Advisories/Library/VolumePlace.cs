using Plimsoll.Engine.Advisories.Feeds;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>A volume as the directory has it.</summary>
/// <param name="Start">Bytes from the start of the file.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Tables">Their indexes: the records, and for advisories the packages and the names.</param>
internal sealed record VolumePlace(AdvisorySource Source, long Start, long Length, IReadOnlyList<BlockAddress> Tables)
{
    public static void Write(ByteWriter bytes, IReadOnlyCollection<VolumePlace> volumes)
    {
        bytes.Number(volumes.Count);
        foreach (var ((kind, name, records, rejected, newest, provenance), start, length, tables) in volumes)
        {
            bytes.Number((int)kind);
            bytes.Text(name);
            bytes.Number(records);
            bytes.Number(rejected);
            bytes.Moment(newest);
            bytes.Moment(provenance.Brought);
            bytes.Moment(provenance.AsOf);
            bytes.Text(provenance.Origin);
            foreach (var (tag, date) in (ReadOnlySpan<Validators>)[provenance.Export, provenance.List])
            {
                bytes.TextOrNull(tag);
                bytes.TextOrNull(date);
            }
            bytes.Number((ulong)start);
            bytes.Number((ulong)length);
            bytes.Number(tables.Count);
            foreach (var table in tables)
                bytes.Address(table);
        }
    }

    public static IReadOnlyList<VolumePlace> Read(ReadOnlySpan<byte> directory)
    {
        var bytes = new ByteReader(directory);
        var volumes = new List<VolumePlace>();
        for (var left = bytes.Count(); left > 0; left--)
        {
            var (kind, name, records, rejected, newest) = ((SourceKind)bytes.Count(), bytes.Text(), bytes.Count(), bytes.Count(), bytes.Moment());
            var provenance = new Provenance(bytes.Moment() ?? default, bytes.Moment() ?? default, bytes.Text(), new(bytes.TextOrNull(), bytes.TextOrNull()), new(bytes.TextOrNull(), bytes.TextOrNull()));
            var (start, length, tables) = ((long)bytes.Number(), (long)bytes.Number(), new List<BlockAddress>());
            for (var more = bytes.Count(); more > 0; more--)
                tables.Add(bytes.Address());
            if (tables.Count != (kind == SourceKind.Advisories ? 3 : 1))
                throw new InvalidDataException("a volume has not the tables that it must have");
            volumes.Add(new(new AdvisorySource(kind, name, records, rejected, newest, provenance), start, length, tables));
        }
        return volumes;
    }
}
