namespace Plimsoll.Engine.Advisories.Library;

/// <summary>Writes a library beside the one that is there, and puts it in its place when it is whole.</summary>
internal static class LibraryWriter
{
    public static void Write(
        string path, AdvisoryLibrary? before, IReadOnlyDictionary<(SourceKind Kind, string Name), NewVolume> volumes, IReadOnlyDictionary<(SourceKind Kind, string Name), Provenance> confirmed,
        RecordSpool spool, CancellationToken ct)
    {
        var draft = $"{path}.new";
        try
        {
            using (var file = new FileStream(draft, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            using (var blocks = new BlockWriter(file))
            {
                file.Write(new byte[LibraryLayout.HeaderBytes]);
                var writer = new VolumeWriter(spool, blocks);
                var parts = volumes.Values.Select(volume => new Part(volume.Source, () => writer.Write(volume, ct)))
                    .Concat((before?.Volumes ?? []).Where(volume => !volumes.ContainsKey((volume.Source.Kind, volume.Source.Name)))
                        .Select(volume => new Part(volume.Source, () => Copy(volume.Place, before!, confirmed, blocks))));
                var directory = new ByteWriter();
                VolumePlace.Write(directory, [.. parts.OrderBy(part => part.Source.Kind).ThenBy(part => part.Source.Name, StringComparer.Ordinal).Select(part => part.Write())]);
                var start = blocks.Begin();
                var address = blocks.Write(directory.Written) with { Offset = start };
                file.Position = 0;
                file.Write(LibraryLayout.Header(file.Length, address));
                file.Flush(flushToDisk: true);
            }
            File.Move(draft, path, overwrite: true);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    static VolumePlace Copy(VolumePlace place, AdvisoryLibrary from, IReadOnlyDictionary<(SourceKind Kind, string Name), Provenance> confirmed, BlockWriter blocks)
    {
        var (start, source) = (blocks.Begin(), place.Source);
        from.Trusted(() => blocks.Copy(from.File, place.Start, place.Length));
        return place with
        {
            Start = start,
            Source = confirmed.TryGetValue((source.Kind, source.Name), out var provenance) ? source with { Provenance = provenance } : source,
        };
    }

    sealed record Part(AdvisorySource Source, Func<VolumePlace> Write);
}
