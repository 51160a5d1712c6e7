using System.IO.Compression;
using System.Text;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// A library as OSV's bulk export, so that one who has it gives it on. The same records make the same bytes. Nothing is held back in memory but
/// one record and the ids of all.
/// </summary>
public static class ExportWriter
{
    // Zips know no time before it.
    static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary><c>ecosystems.txt</c>: a name on each line.</summary>
    public static string Ecosystems(AdvisoryLibrary library) =>
        string.Concat(library.Sources.Where(source => source.Kind == SourceKind.Advisories && EcosystemList.IsName(source.Name)).Select(source => $"{source.Name}\n"));

    /// <summary><c>all.zip</c>: each record as <c>ID.json</c>, in the order of ids.</summary>
    /// <param name="into">Is written and never sought; stays open.</param>
    /// <exception cref="DamagedLibraryException">A part of the library is not what was written there.</exception>
    public static async Task Zip(AdvisoryLibrary library, string ecosystem, Stream into, CancellationToken ct)
    {
        // An archive is written while a thread waits, and to a client nothing should be.
        await using var written = new Forwards();
        using (var zip = new ZipArchive(written, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var advisory in library.Records(ecosystem))
            {
                var entry = zip.CreateEntry($"{advisory.Id}.json");
                entry.LastWriteTime = Epoch;
                using (var content = entry.Open())
                    content.Write(AdvisoryWriter.Write(advisory));
                await written.Pass(into, ct);
            }
        await written.Pass(into, ct);
    }

    /// <summary><c>modified_id.csv</c>: when each record was modified (RFC 3339) and its id, the newest first.</summary>
    /// <inheritdoc cref="Zip"/>
    public static async Task Modified(AdvisoryLibrary library, string ecosystem, Stream into, CancellationToken ct)
    {
        if (library.Advisories(ecosystem) is not { } volume)
            return;
        var editions = library.Trusted(() => volume.Editions().OrderByDescending(edition => edition.Modified).ThenBy(edition => edition.Id, StringComparer.Ordinal).ToList());
        await using var text = new StreamWriter(into, new UTF8Encoding(false), 1 << 16, leaveOpen: true);
        foreach (var (id, _, modified) in editions)
            await text.WriteAsync($"{AdvisoryWriter.Moment(modified)},{id}\n".AsMemory(), ct);
    }

    /// <summary>Who writes to it cannot go back, so that the bytes are the same wherever they go.</summary>
    sealed class Forwards : MemoryStream
    {
        public override bool CanSeek => false;

        public async Task Pass(Stream into, CancellationToken ct)
        {
            await into.WriteAsync(GetBuffer().AsMemory(0, (int)Length), ct);
            SetLength(0);
        }
    }
}
