using Plimsoll.Engine.Advisories.Aliases;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Advisories in one file, of which only what is asked for is read. Any number of threads may ask at once. A method that comes upon damage
/// throws a <see cref="DamagedLibraryException"/>.
/// </summary>
public sealed class AdvisoryLibrary : IDisposable
{
    readonly LibraryFile _file;
    readonly string _path;

    AdvisoryLibrary(LibraryFile file, string path, IReadOnlyList<VolumePlace> places)
    {
        (_file, _path) = (file, path);
        Volumes = [.. places.Select(place => new Volume(file, place))];
        Sources = [.. places.Select(place => place.Source)];
    }

    /// <summary>In the order of kinds and names.</summary>
    public IReadOnlyList<AdvisorySource> Sources { get; }

    /// <summary>
    /// When all of its advisories were last known to be current: the oldest time of an ecosystem. Null where there is none. The catalogue of
    /// exploited vulnerabilities and the scores do not count: without them nothing is missed.
    /// </summary>
    public DateTimeOffset? AsOf => Sources.Where(source => source.Kind == SourceKind.Advisories).Select(source => (DateTimeOffset?)source.Provenance.AsOf).Min();

    /// <summary>Bytes.</summary>
    public long Size => _file.Length;

    /// <summary>The path that it was opened by. The file may be gone from there.</summary>
    public string Path => _path;

    /// <summary>
    /// The file in parts, one after the other: a source that does not change is the same part in the next library, wherever it is there.
    /// </summary>
    public IReadOnlyList<(long Start, long Length)> Parts
    {
        get
        {
            var starts = Volumes.SelectMany(volume => new[] { volume.Place.Start, volume.Place.Start + volume.Place.Length }).Append(0).Distinct().Order().ToList();
            return [.. starts.Zip(starts.Skip(1).Append(Size), (start, end) => (start, end - start)).Where(part => part.Item2 > 0)];
        }
    }

    internal IReadOnlyList<Volume> Volumes { get; }

    internal LibraryFile File => _file;

    /// <summary>Reads the header and the directory, and nothing else.</summary>
    public static LibraryOpening Open(string path)
    {
        LibraryFile? file = null;
        try
        {
            file = new LibraryFile(System.IO.File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete));
            var header = new byte[LibraryLayout.HeaderBytes];
            file.Read(0, header);
            var (directory, problem) = LibraryLayout.Read(header, file.Length);
            if (problem is null)
            {
                var library = new AdvisoryLibrary(file, path, VolumePlace.Read(file.Block(0, directory)));
                file = null;
                return new(library, null);
            }
            return new(null, $"{path} {problem}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return new(null, $"{path} is not there", IsMissing: true);
        }
        catch (InvalidDataException)
        {
            return new(null, $"{path} is damaged or cut short");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(null, $"{path} cannot be read: {e.Message.TrimEnd('.')}");
        }
        finally
        {
            file?.Dispose();
        }
    }

    /// <summary>
    /// The records that name one of these packages, and no others, with what they say of these; the names of each problem are all that the library knows, also from records
    /// about other packages.
    /// </summary>
    public AdvisorySet For(IEnumerable<Component> components) => Trusted(() =>
    {
        var packages = components.SelectMany(AdvisorySet.Lookups).Select(lookup => lookup.Key).ToHashSet();
        var known = new KnownRecords(Volumes);
        var about = known.AddAbout(packages.Select(package => Volume.PackageKey(package.Ecosystem, package.Name)));
        bool IsWanted(string ecosystem, string name) => packages.Contains(AdvisorySet.KeyOf(ecosystem, name));
        return AdvisorySet.Of([.. about.Select(advisory => AdvisoryFormat.Only(advisory, IsWanted))], AliasGroups.Of(known.Latest));
    });

    /// <summary>
    /// The records about a problem, by any of its names and however it is typed: those that go by it, and those that follow from it, such as the
    /// updates of distributions; in the order of ids.
    /// </summary>
    public IReadOnlyList<Advisory> Find(string id) => Find([id]);

    /// <summary>The same of several problems at once.</summary>
    public IReadOnlyList<Advisory> Find(IEnumerable<string> ids) => Trusted<IReadOnlyList<Advisory>>(() => [.. About(ids).OrderBy(advisory => advisory.Id, StringComparer.Ordinal).Select(AdvisoryFormat.Whole)]);

    /// <summary>The packages (<see cref="PackageKeys"/>) that those records name, each once, without reading what they say of them.</summary>
    public IReadOnlySet<string> FindPackages(IEnumerable<string> ids) => Trusted(() => About(ids).SelectMany(PackageKeys.Of).ToHashSet(StringComparer.Ordinal));

    IEnumerable<Advisory> About(IEnumerable<string> ids)
    {
        // All names of the problems, and of what follows from them, until there is no other.
        var names = ids.Select(Volume.NameKey).ToHashSet(StringComparer.Ordinal);
        var known = new KnownRecords(Volumes);
        AliasGroups groups;
        int before;
        do
        {
            before = names.Count;
            known.AddNamed(names);
            groups = AliasGroups.Of(known.Latest);
            bool IsNamed(string name) => names.Contains(Volume.NameKey(name));
            var same = known.Latest.SelectMany(advisory => advisory.Upstream.Append(advisory.Id)).Select(groups.Names).Where(group => group.Any(IsNamed));
            var following = known.Latest.Where(advisory => groups.Upstream(advisory.Id).Any(IsNamed)).Select(advisory => groups.Names(advisory.Id));
            names.UnionWith([.. same.Concat(following).SelectMany(group => group).Select(Volume.NameKey)]);
        }
        while (names.Count > before);
        return known.Latest.Where(advisory => groups.Names(advisory.Id).Concat(groups.Upstream(advisory.Id)).Any(name => names.Contains(Volume.NameKey(name))));
    }

    /// <summary>Whether there is anything on an ecosystem, with its release: a distribution that has ended is in no record any more.</summary>
    public bool Covers(string ecosystem) => Trusted(() => Volumes.Any(volume => volume.Covers(ecosystem)));

    /// <summary>The records of one source in the order of ids, each read when it is asked for; none where the library has nothing of it.</summary>
    /// <param name="ecosystem">As <see cref="Sources"/> name it.</param>
    public IEnumerable<Advisory> Records(string ecosystem)
    {
        if (Advisories(ecosystem) is not { } volume)
            yield break;
        var cursor = volume.Cursor();
        foreach (var (_, number, _) in Trusted(() => volume.Editions().OrderBy(edition => edition.Id, StringComparer.Ordinal).ToList()))
            yield return Trusted(() => Volume.Record(cursor, number));
    }

    /// <summary>What is known of the exploitation of a vulnerability; null where nothing is.</summary>
    /// <param name="id">A CVE.</param>
    public Exploitation? Exploitation(string id) => Exploitations([id]).GetValueOrDefault(id);

    /// <summary>What is known of the exploitation of each of many vulnerabilities; those of which nothing is known are left out.</summary>
    /// <param name="ids">CVEs.</param>
    public IReadOnlyDictionary<string, Exploitation> Exploitations(IEnumerable<string> ids) => Trusted(() => KnownExploitations.Of(Volumes, ids));

    public void Dispose() => _file.Dispose();

    internal Volume? Advisories(string ecosystem) => Volumes.FirstOrDefault(volume => volume.Source.Kind == SourceKind.Advisories && volume.Source.Name == ecosystem);

    internal T Trusted<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidDataException e)
        {
            throw new DamagedLibraryException(_path, e);
        }
    }
}
