using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Records, and all others of the library that have to do with their names: through aliases in both directions and through what they follow
/// from, as far as it goes.
/// </summary>
internal sealed class KnownRecords(IReadOnlyList<Volume> volumes)
{
    readonly Dictionary<string, Advisory> _latest = new(StringComparer.Ordinal);
    readonly HashSet<string> _names = new(StringComparer.Ordinal), _asked = new(StringComparer.Ordinal);
    readonly List<string> _open = [];

    // The numbers of the records that were read, which are not again. Those that were read as what follows from a name are found as what goes by it too.
    readonly List<(Volume Volume, HashSet<int> Seen)> _volumes = [.. volumes.Select(volume => (volume, new HashSet<int>()))];

    /// <summary>One of each id: the one that was modified last.</summary>
    public IReadOnlyCollection<Advisory> Latest => _latest.Values;

    /// <summary>Adds the records that name one of the packages. Of these alone the latest edition may be one that names it.</summary>
    /// <param name="packages">Of <see cref="Volume.PackageKey"/>.</param>
    /// <returns>Those that are the latest edition.</returns>
    public IReadOnlyList<Advisory> AddAbout(IEnumerable<string> packages)
    {
        var sorted = Volume.Sorted(packages);
        var about = _volumes.SelectMany(of => of.Volume.About(sorted, of.Seen)).ToList();
        about.ForEach(Add);
        Close();
        return about.FindAll(advisory => ReferenceEquals(_latest[advisory.Id], advisory));
    }

    /// <summary>Adds the records that go by one of the names, or follow from one.</summary>
    /// <param name="names">Of <see cref="Volume.NameKey"/>. Those that were asked for before are not again.</param>
    public void AddNamed(IEnumerable<string> names)
    {
        var sorted = Volume.Sorted(names.Where(_asked.Add));
        foreach (var advisory in _volumes.SelectMany(of => of.Volume.Named(sorted, of.Seen, following: true)))
            Add(advisory);
        Close();
    }

    void Close()
    {
        while (_open.Count > 0)
        {
            var names = Volume.Sorted(_open);
            _open.Clear();
            foreach (var advisory in _volumes.SelectMany(of => of.Volume.Named(names, of.Seen)))
                Add(advisory);
        }
    }

    void Add(Advisory advisory)
    {
        if (!_latest.TryGetValue(advisory.Id, out var known) || advisory.Modified > known.Modified)
            _latest[advisory.Id] = advisory;
        // Another edition of a record has the same id, and is found by it as any other record is.
        foreach (var name in advisory.Aliases.Concat(advisory.Upstream).Prepend(advisory.Id).Select(Volume.NameKey))
            if (_names.Add(name))
                _open.Add(name);
    }
}
