using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>
/// Brings the sources of a library up to what a mirror has, each by as few bytes as it takes, and with the same outcome whichever way it is: that
/// of the whole export. Where one fails, what the library has of it stays, and the others can go on.
/// </summary>
/// <param name="now">When it is done.</param>
/// <param name="anew">What the library has counts for nothing: everything is asked for whole.</param>
public sealed class MirrorUpdate(LibraryImport import, AdvisoryMirror mirror, DateTimeOffset now, bool anew = false)
{
    /// <param name="transfer">Of the whole export, where it comes to that.</param>
    /// <param name="records">How many records of it were taken in.</param>
    public async Task<SourceUpdate> Bring(string ecosystem, IProgress<Transfer>? transfer, IProgress<int>? records, CancellationToken ct)
    {
        var known = Known(SourceKind.Advisories, ecosystem);
        var (answer, list) = await mirror.Modified(ecosystem, known, ct);
        if (answer.IsUnchanged)
            return Confirmed(SourceKind.Advisories, ecosystem, known!, answer);
        // Who does not answer a small question does not answer a large one.
        if (answer.MayPass)
            return SourceUpdate.Failed(answer.Failure);
        var listing = list is { Rejected: 0, TellsTimes: true } ? new Listing(list, answer) : null;
        var patched = listing is null || known?.Origin != mirror.Name || import.Modified(ecosystem) is not { } had ? null : await Patch(ecosystem, known, had, listing, ct);
        return patched ?? await Whole(ecosystem, known, listing, transfer, records, ct);
    }

    /// <summary>Brings CISA's catalogue or FIRST's scores.</summary>
    public async Task<SourceUpdate> Bring(SourceKind kind, Uri url, CancellationToken ct)
    {
        var (name, known) = (ExploitationFeed.NameOf(kind), Known(kind, ExploitationFeed.NameOf(kind)));
        using var bytes = new MemoryStream();
        var answer = await mirror.Feed(url, known, bytes, ct);
        if (answer.Failure is not null)
            return SourceUpdate.Failed(answer.Failure);
        if (answer.IsUnchanged)
            return Confirmed(kind, name, known!, answer);
        bytes.Position = 0;
        return ExploitationFeed.Read(bytes) is { } feed && feed.Kind == kind
            ? Taken(kind, name, SourceUpdateWay.Whole, url.OriginalString, import.Add(feed, new Provenance(now, now, url.AbsoluteUri, answer.Validators)))
            : SourceUpdate.Failed($"{url.OriginalString}: it is not what {name} is");
    }

    // Null where only the whole export helps.
    async Task<SourceUpdate?> Patch(string ecosystem, Provenance known, IReadOnlyDictionary<string, DateTimeOffset> had, Listing listing, CancellationToken ct)
    {
        var listed = listing.Records.Records;
        var changed = listed.Where(record => !had.TryGetValue(record.Key, out var modified) || modified != record.Value).Select(record => record.Key).ToList();
        List<string> vanished = [.. had.Keys.Where(id => !listed.ContainsKey(id))];
        if (changed.Count + vanished.Count == 0)
            return Confirmed(SourceKind.Advisories, ecosystem, known with { List = listing.Answer.Validators }, listing.Answer);
        var (records, failure) = await RecordBatch.Fetch(mirror, ecosystem, changed, ct);
        if (records is null)
            return failure is null ? null : SourceUpdate.Failed(failure);
        // A record that cannot be read is in no library, whatever was there of it.
        vanished.AddRange(records.Where(record => record.Reading.Advisory is null).Select(record => record.Id));
        return Taken(SourceKind.Advisories, ecosystem, SourceUpdateWay.Records, $"{mirror.Name}/{ecosystem}",
            import.Patch(ecosystem, records.Select(record => record.Reading), vanished, new Provenance(now, AsOf(listing.Answer), mirror.Name), ct), listing);
    }

    async Task<SourceUpdate> Whole(string ecosystem, Provenance? known, Listing? listing, IProgress<Transfer>? transfer, IProgress<int>? records, CancellationToken ct)
    {
        await using var zip = import.Scratch();
        var answer = await mirror.Export(ecosystem, known, zip, transfer, ct);
        if (answer.Failure is not null)
            return SourceUpdate.Failed(answer.Failure);
        if (answer.IsUnchanged)
            return Confirmed(SourceKind.Advisories, ecosystem, known!, answer);
        await zip.FlushAsync(ct);
        return Taken(SourceKind.Advisories, ecosystem, SourceUpdateWay.Whole, $"{mirror.Name}/{ecosystem}/all.zip",
            import.Add(zip.SafeFileHandle, ecosystem, new Provenance(now, AsOf(answer), mirror.Name, answer.Validators), records, ct), listing);
    }

    Provenance? Known(SourceKind kind, string name) => anew ? null : import.Sources.FirstOrDefault(source => source.Kind == kind && source.Name == name)?.Provenance;

    DateTimeOffset AsOf(MirrorAnswer answer) => answer.AsOf < now ? answer.AsOf.Value : now;

    SourceUpdate Confirmed(SourceKind kind, string name, Provenance known, MirrorAnswer answer)
    {
        import.Confirm(kind, name, known with { AsOf = AsOf(answer) });
        return new(SourceUpdateWay.Unchanged, null);
    }

    SourceUpdate Taken(SourceKind kind, string name, SourceUpdateWay way, string from, string? failure, Listing? listing = null)
    {
        if (failure is not null)
        {
            import.Abandon(kind, name);
            return SourceUpdate.Failed($"{from}: {failure}");
        }
        if (listing is not null)
            import.Listed(name, listing.Records, listing.Answer.Validators);
        return new(way, null);
    }

    // A list that can be relied on.
    sealed record Listing(ModifiedList Records, MirrorAnswer Answer);
}
