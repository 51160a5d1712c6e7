using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Library;

/// <summary>What a library has otherwise than an earlier one: what was found with the earlier one is to be looked at again there, and nowhere else.</summary>
/// <param name="Records">In the order of ids.</param>
/// <param name="Exploited">CVEs that are known to be exploited now, and were not; sorted.</param>
/// <param name="NoLongerExploited">CVEs that were known to be exploited, and are in the catalogue no more; sorted.</param>
public sealed record LibraryDifference(IReadOnlyList<RecordChange> Records, IReadOnlyList<string> Exploited, IReadOnlyList<string> NoLongerExploited)
{
    /// <summary>Records that are decoded at a time.</summary>
    const int Batch = 4096;

    /// <summary>Nothing is decoded of what is the same in both. What several sources have under one id is one record: the edition that was modified last.</summary>
    /// <param name="before">Null where there was none: then everything was added.</param>
    /// <exception cref="DamagedLibraryException">A part of either is not what was written there.</exception>
    public static LibraryDifference Between(AdvisoryLibrary? before, AdvisoryLibrary after)
    {
        var names = (before?.Sources ?? []).Concat(after.Sources).Where(source => source.Kind == SourceKind.Advisories).Select(source => source.Name).Distinct(StringComparer.Ordinal);
        var changes = new List<RecordChange>();
        // They stand together in the order in which they are written. Another source may have the same edition still.
        foreach (var ids in names.SelectMany(name => Differing(before, after, name)).Distinct(StringComparer.Ordinal).Chunk(Batch))
        {
            var (old, now) = Both(() => Editions(before, ids), () => Editions(after, ids));
            changes.AddRange(after.Trusted(() => ids.Select(id => RecordChange.Of(id, old.GetValueOrDefault(id), now.GetValueOrDefault(id))).OfType<RecordChange>().ToList()));
        }
        var (was, known) = (Exploited(before), Exploited(after));
        return new([.. changes.OrderBy(change => change.Id, StringComparer.Ordinal)], [.. known.Except(was).Order(StringComparer.Ordinal)], [.. was.Except(known).Order(StringComparer.Ordinal)]);

        static HashSet<string> Exploited(AdvisoryLibrary? library) => [.. Fingerprints(library, SourceKind.KnownExploited, ExploitationFeed.NameOf(SourceKind.KnownExploited)).Keys];
    }

    static IReadOnlyCollection<string> Differing(AdvisoryLibrary? before, AdvisoryLibrary after, string ecosystem)
    {
        if (Volume(before, SourceKind.Advisories, ecosystem) is { } volume && Volume(after, SourceKind.Advisories, ecosystem) is { } other && volume.HasBytesOf(other))
            return [];
        var (old, now) = Both(() => Fingerprints(before, SourceKind.Advisories, ecosystem), () => Fingerprints(after, SourceKind.Advisories, ecosystem));
        return [.. now.Where(record => !old.TryGetValue(record.Key, out var hash) || hash != record.Value).Select(record => record.Key), .. old.Keys.Where(id => !now.ContainsKey(id))];
    }

    // Side by side.
    static (T, T) Both<T>(Func<T> first, Func<T> second)
    {
        var both = Task.WhenAll(Task.Run(first), Task.Run(second)).GetAwaiter().GetResult();
        return (both[0], both[1]);
    }

    static Dictionary<string, ulong> Fingerprints(AdvisoryLibrary? library, SourceKind kind, string name) => Volume(library, kind, name) is { } volume
        ? library!.Trusted(() => volume.Fingerprints().ToDictionary(record => record.Id, record => record.Hash, StringComparer.Ordinal)) : [];

    static Volume? Volume(AdvisoryLibrary? library, SourceKind kind, string name) => library?.Volumes.FirstOrDefault(volume => volume.Source.Kind == kind && volume.Source.Name == name);

    static Dictionary<string, Advisory> Editions(AdvisoryLibrary? library, IReadOnlyCollection<string> ids)
    {
        var (editions, wanted) = (new Dictionary<string, Advisory>(StringComparer.Ordinal), ids.ToHashSet(StringComparer.Ordinal));
        return library is null ? editions : library.Trusted(() =>
        {
            var names = Library.Volume.Sorted(ids.Select(Library.Volume.NameKey));
            foreach (var advisory in library.Volumes.SelectMany(volume => volume.Named(names, [])).Where(advisory => wanted.Contains(advisory.Id)))
                if (!editions.TryGetValue(advisory.Id, out var known) || advisory.Modified > known.Modified)
                    editions[advisory.Id] = advisory;
            return editions;
        });
    }
}
