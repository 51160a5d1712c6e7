using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>
/// Records, and all others of the library that have to do with their names: through aliases in both directions and through what they follow
/// from, as far as it goes.
/// </summary>
internal sealed class KnownRecords
{
    readonly Dictionary<string, Advisory> _latest = new(StringComparer.Ordinal);
    readonly HashSet<string> _names = new(StringComparer.Ordinal);
    readonly List<string> _open = [];

    /// <param name="first">Those to begin with; what it is given are the records that need not be read again.</param>
    public KnownRecords(IReadOnlyList<Volume> volumes, Func<Volume, HashSet<int>, IEnumerable<Advisory>> first)
    {
        var seen = volumes.Select(volume => (Volume: volume, Records: new HashSet<int>())).ToList();
        foreach (var advisory in seen.SelectMany(of => first(of.Volume, of.Records)))
            Add(advisory);
        while (_open.Count > 0)
        {
            var names = Volume.Sorted(_open);
            _open.Clear();
            foreach (var advisory in seen.SelectMany(of => of.Volume.Named(names, of.Records)))
                Add(advisory);
        }
    }

    /// <summary>One of each id: the one that was modified last.</summary>
    public IReadOnlyCollection<Advisory> Latest => _latest.Values;

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
