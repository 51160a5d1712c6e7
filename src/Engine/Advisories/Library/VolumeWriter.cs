using System.Text;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Writes the volume of a source: the same records make the same bytes, in whatever order they came.</summary>
internal sealed class VolumeWriter(RecordSpool spool, BlockWriter blocks)
{
    public VolumePlace Write(NewVolume volume, CancellationToken ct)
    {
        var start = blocks.Begin();
        var tables = volume.Kind == SourceKind.Advisories ? Advisories(volume, ct) : [List(volume)];
        return new VolumePlace(volume.Source, start, blocks.Position - start, tables);
    }

    List<BlockAddress> Advisories(NewVolume volume, CancellationToken ct)
    {
        var (records, packages, names) = (new TableWriter(blocks), new VolumeIndex(), new VolumeIndex());
        var isRoomy = true;
        foreach (var (number, record) in volume.Records.OrderBy(pair => pair.Value.Cluster, StringComparer.Ordinal).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value).Index())
        {
            ct.ThrowIfCancellationRequested();
            var bytes = spool.Read(record.At, record.Length);
            records.Add(Volume.RecordKey(number), bytes);
            var advisory = AdvisoryFormat.Open(bytes);
            isRoomy &= AdvisoryFormat.Names(advisory).All(package => packages.Add(Volume.PackageKey(package.Ecosystem, package.Name), number))
                && advisory.Aliases.Append(advisory.Id).All(name => names.Add(Volume.NameKey(name), number))
                && advisory.Upstream.All(name => names.Add(Volume.NameKey(name), number, follows: true));
            if (!isRoomy)
                throw new InvalidDataException($"the records of {volume.Source.Name} name more packages and ids than those of any source");
        }
        return [records.End(), packages.Write(blocks), names.Write(blocks)];
    }

    BlockAddress List(NewVolume volume)
    {
        var table = new TableWriter(blocks);
        foreach (var (id, record) in volume.Records.Select(pair => (Id: Encoding.UTF8.GetBytes(pair.Key), pair.Value)).OrderBy(pair => pair.Id, Volume.ByBytes))
            table.Add(id, spool.Read(record.At, record.Length));
        return table.End();
    }
}
