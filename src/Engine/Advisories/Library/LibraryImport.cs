using Microsoft.Win32.SafeHandles;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Brings sources into a library. What was there of them is replaced, the others stay; nothing is changed before <see cref="Complete"/>, which
/// changes all or nothing. One import at a time, on one thread.
/// </summary>
public sealed class LibraryImport : IDisposable
{
    /// <summary>Ecosystems that the records of one archive may name. There are some forty.</summary>
    const int MostEcosystems = 200;

    readonly Dictionary<(SourceKind Kind, string Name), NewVolume> _new = [];
    readonly Dictionary<(SourceKind Kind, string Name), Provenance> _confirmed = [];
    readonly string _path;
    readonly SafeFileHandle _lock;
    readonly AdvisoryLibrary? _before;
    readonly RecordSpool _spool;

    LibraryImport(string path, SafeFileHandle lockFile, AdvisoryLibrary? before) => (_path, _lock, _before, _spool) = (path, lockFile, before, new RecordSpool($"{path}.records"));

    /// <summary>The sources that the library has now.</summary>
    public IReadOnlyList<AdvisorySource> Sources => _before?.Sources ?? [];

    /// <param name="path">Of the library. Beside it stand a lock, which stays, and while it is written two more files.</param>
    /// <param name="anew">Start from nothing where the library cannot be read.</param>
    public static ImportStart Begin(string path, bool anew = false)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (LibraryLock.Take(path) is not { } lockFile)
            return new(null, $"{path} is being written by another import: try again when it is done");
        var opening = AdvisoryLibrary.Open(path);
        if (opening.Library is not null || opening.IsMissing || anew)
            return new(new LibraryImport(path, lockFile, opening.Library), null);
        lockFile.Dispose();
        return new(null, opening.Problem) { IsUnreadable = true };
    }

    /// <summary>Reads an export of OSV records. Returns why it cannot be taken, as "it …"; null when it was.</summary>
    /// <param name="ecosystem">Whose export it is; null for an archive of records, each of which belongs to the ecosystems that it names.</param>
    public string? Add(SafeFileHandle zip, string? ecosystem, Provenance provenance, IProgress<int>? progress, CancellationToken ct)
    {
        var (export, touched, count) = (new AdvisoryExport(zip), new HashSet<NewVolume>(), 0);
        if (ecosystem is not null)
            touched.Add(Of(SourceKind.Advisories, ecosystem, provenance));
        var rejected = new List<string>();
        foreach (var (_, (advisory, rejection)) in export.Records())
        {
            ct.ThrowIfCancellationRequested();
            if (++count % 100 == 0)
                progress?.Report(count);
            if (advisory is null)
            {
                rejected.Add(rejection!);
                continue;
            }
            var record = _spool.Add(advisory);
            foreach (var name in ecosystem is not null ? [ecosystem] : EcosystemsOf(advisory))
            {
                var volume = Of(SourceKind.Advisories, name, provenance);
                touched.Add(volume);
                volume.Add(advisory.Id, record);
            }
            if (_new.Count > MostEcosystems)
                return $"its records name more than {MostEcosystems} ecosystems";
        }
        progress?.Report(count);
        // A record that cannot be read does not say which ecosystem it is of: it counts for the one that has the most of its neighbours.
        if (touched.MaxBy(volume => volume.Records.Count) is { } most)
            rejected.ForEach(most.Reject);
        return export.Failure ?? (touched.Any(volume => volume.Records.Count > 0) ? null : "it holds no record that can be read");
    }

    /// <summary>Takes in a file, which says itself what it is: an export, a catalogue of exploited vulnerabilities, or their scores.</summary>
    /// <param name="ecosystem">Whose export it is, if it is one.</param>
    /// <inheritdoc cref="Add(SafeFileHandle, string?, Provenance, IProgress{int}?, CancellationToken)"/>
    public string? Add(FileStream file, string? ecosystem, Provenance provenance, IProgress<int>? progress, CancellationToken ct)
    {
        var head = new byte[2];
        if (RandomAccess.Read(file.SafeFileHandle, head, 0) == head.Length && head.AsSpan().SequenceEqual("PK"u8))
            return Add(file.SafeFileHandle, ecosystem, provenance, progress, ct);
        file.Position = 0;
        return ExploitationFeed.Read(file) is { } feed ? Add(feed, provenance)
            : "it is neither a zip of OSV records, nor CISA's catalogue of exploited vulnerabilities, nor FIRST's scores";
    }

    /// <summary>Takes in a catalogue of exploited vulnerabilities, or their scores.</summary>
    /// <inheritdoc cref="Add(SafeFileHandle, string?, Provenance, IProgress{int}?, CancellationToken)"/>
    public string? Add(ExploitationFeed feed, Provenance provenance)
    {
        var volume = _new[(feed.Kind, feed.Name)] = new NewVolume(feed.Kind, feed.Name, provenance);
        foreach (var (id, value) in feed.Records)
            volume.Add(id, _spool.Add(value, feed));
        for (var left = feed.Rejected; left > 0; left--)
            volume.Reject("it is no record of a CVE");
        return feed.Failure ?? (volume.Records.Count > 0 ? null : "it holds no record that can be read");
    }

    /// <summary>Takes in what has changed of an ecosystem that the library has. All its other records stay byte for byte.</summary>
    /// <param name="changed">New records, and new editions of others.</param>
    /// <param name="vanished">Ids that are gone, also those of which the new edition cannot be read.</param>
    /// <inheritdoc cref="Add(SafeFileHandle, string?, Provenance, IProgress{int}?, CancellationToken)"/>
    public string? Patch(string ecosystem, IEnumerable<AdvisoryReading> changed, IReadOnlyCollection<string> vanished, Provenance provenance, CancellationToken ct)
    {
        var before = _before?.Advisories(ecosystem) ?? throw new InvalidOperationException($"the library has nothing of {ecosystem}");
        var volume = _new[(SourceKind.Advisories, ecosystem)] = new NewVolume(SourceKind.Advisories, ecosystem, provenance);
        foreach (var (advisory, rejection) in changed)
            if (advisory is null)
                volume.Reject(rejection!);
            else
                volume.Add(advisory.Id, _spool.Add(advisory));
        _before.Trusted(() => volume.Keep(before, vanished, _spool, ct));
        return volume.Records.Count > 0 ? null : "it holds no record that can be read";
    }

    /// <summary>What the library has of a source is what it still says.</summary>
    public void Confirm(SourceKind kind, string name, Provenance provenance) => _confirmed[(kind, name)] = provenance;

    /// <summary>What was taken in of a source so far is dropped, and what the library has of it stays.</summary>
    public void Abandon(SourceKind kind, string name) => _new.Remove((kind, name));

    /// <summary>Drops the sources that would lose too much, and says what became of each.</summary>
    public IReadOnlyList<SourceChange> AbandonLosses()
    {
        var losses = Changes(replace: false).Where(change => change.IsLoss).ToList();
        foreach (var loss in losses)
            Abandon(loss.Source.Kind, loss.Source.Name);
        return losses;
    }

    /// <summary>When each record that the library has of an ecosystem was modified, by id; null where it has nothing of it.</summary>
    internal IReadOnlyDictionary<string, DateTimeOffset>? Modified(string ecosystem) => _before?.Advisories(ecosystem) is not { } volume ? null
        : _before.Trusted(() => volume.Editions().ToDictionary(edition => edition.Id, edition => edition.Modified, StringComparer.Ordinal));

    /// <summary>
    /// Remembers what to ask for a list of records with, if what was taken in of the ecosystem is just what it names. An export may be older than
    /// the list: then the list has to be gone through again, even if it does not change.
    /// </summary>
    internal void Listed(string ecosystem, ModifiedList list, Validators validators)
    {
        if (_new.GetValueOrDefault((SourceKind.Advisories, ecosystem)) is { } volume && volume.IsAllOf(list))
            volume.Provenance = volume.Provenance with { List = validators };
    }

    /// <summary>Beside the library, where there is room for what it becomes.</summary>
    internal FileStream Scratch() => new($"{_path}.download", FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);

    /// <summary>The sources that were confirmed, and when.</summary>
    public IReadOnlyList<(string Name, DateTimeOffset AsOf)> Confirmed => [.. _confirmed.Select(pair => (pair.Key.Name, pair.Value.AsOf))];

    /// <summary>What the import makes of each source that was brought so far, in the order of kinds and names.</summary>
    /// <param name="replace">Whatever vanishes, and where what is there cannot be read.</param>
    public IReadOnlyList<SourceChange> Changes(bool replace) =>
        [.. _new.OrderBy(pair => pair.Key.Kind).ThenBy(pair => pair.Key.Name, StringComparer.Ordinal).Select(pair => Change(pair.Value, replace))];

    /// <summary>Writes the library.</summary>
    /// <inheritdoc cref="Changes"/>
    /// <exception cref="InvalidDataException">A source has more in it than a library can hold.</exception>
    public ImportOutcome Complete(bool replace, CancellationToken ct)
    {
        var changes = Changes(replace);
        if (!replace && changes.Any(change => change.IsLoss))
            return new(changes, IsWritten: false);
        LibraryWriter.Write(_path, _before, _new, _confirmed, _spool, ct);
        return new(changes, IsWritten: true);
    }

    public void Dispose()
    {
        _spool.Dispose();
        _before?.Dispose();
        _lock.Dispose();
    }

    // Where a part of what is replaced cannot be read, there is nothing to compare with.
    SourceChange Change(NewVolume volume, bool replace)
    {
        var before = _before?.Volumes.FirstOrDefault(known => (known.Source.Kind, known.Source.Name) == (volume.Kind, volume.Source.Name));
        try
        {
            return _before is null ? SourceChange.Of(volume, null) : _before.Trusted(() => SourceChange.Of(volume, before));
        }
        catch (DamagedLibraryException) when (replace)
        {
            return SourceChange.Of(volume, null);
        }
    }

    NewVolume Of(SourceKind kind, string name, Provenance provenance) =>
        _new.TryGetValue((kind, name), out var volume) ? volume : _new[(kind, name)] = new NewVolume(kind, name, provenance);

    // OSV keeps records without a package under this name.
    static IEnumerable<string> EcosystemsOf(Advisory advisory) =>
        advisory.Affected.Select(affected => EcosystemRules.Base(affected.Ecosystem)).Distinct(StringComparer.Ordinal).DefaultIfEmpty("[EMPTY]");
}
