using System.IO.Hashing;
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
    readonly Dictionary<string, DateTimeOffset> _confirmed = new(StringComparer.Ordinal);
    readonly ByteWriter _bytes = new();
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
        SafeFileHandle lockFile;
        try
        {
            lockFile = File.OpenHandle($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsTaken(e))
        {
            return new(null, $"{path} is being written by another import: try again when it is done");
        }
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
            var record = Spool(advisory);
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

    /// <summary>Takes in a catalogue of exploited vulnerabilities, or their scores.</summary>
    /// <inheritdoc cref="Add(SafeFileHandle, string?, Provenance, IProgress{int}?, CancellationToken)"/>
    public string? Add(ExploitationFeed feed, Provenance provenance)
    {
        var volume = _new[(feed.Kind, feed.Name)] = new NewVolume(feed.Kind, feed.Name, provenance);
        foreach (var (id, value) in feed.Records)
        {
            _bytes.Clear();
            value.Write(_bytes, feed.Kind);
            volume.Add(id, Spooled(feed.Released, ""));
        }
        for (var left = feed.Rejected; left > 0; left--)
            volume.Reject("it is no record of a CVE");
        return feed.Failure ?? (volume.Records.Count > 0 ? null : "it holds no record that can be read");
    }

    /// <summary>What the library has of an ecosystem is what its source still says.</summary>
    public void Confirm(string ecosystem, DateTimeOffset moment) => _confirmed[ecosystem] = moment;

    /// <summary>The ecosystems that were confirmed, and when.</summary>
    public IReadOnlyList<(string Ecosystem, DateTimeOffset Moment)> Confirmed => [.. _confirmed.Select(pair => (pair.Key, pair.Value))];

    /// <summary>What was brought so far of a source counts for nothing: it stays what it was.</summary>
    public void Abandon(SourceKind kind, string name) => _new.Remove((kind, name));

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

    // EAGAIN of Linux and of macOS, and ERROR_SHARING_VIOLATION.
    static bool IsTaken(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

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

    SpooledRecord Spool(Advisory advisory)
    {
        _bytes.Clear();
        AdvisoryFormat.Write(_bytes, advisory);
        return Spooled(advisory.Modified, advisory.Affected is [var first, ..] ? Volume.PackageKey(first.Ecosystem, first.Name) : "");
    }

    SpooledRecord Spooled(DateTimeOffset? modified, string cluster) =>
        new(_spool.Append(_bytes.Written), _bytes.Length, XxHash3.HashToUInt64(_bytes.Written), modified, cluster);
}

/// <summary>An import that has begun, or why it cannot.</summary>
/// <param name="Refusal">A sentence without a full stop.</param>
public sealed record ImportStart(LibraryImport? Import, string? Refusal)
{
    /// <summary>Whether it is the library itself that cannot be read, so that only a new one helps.</summary>
    public bool IsUnreadable { get; init; }
}
