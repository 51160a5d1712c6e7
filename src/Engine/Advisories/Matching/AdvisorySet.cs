using Plimsoll.Engine.Advisories.Aliases;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>Records in memory, by what they are about.</summary>
public sealed class AdvisorySet
{
    readonly Dictionary<(string Ecosystem, string Name), List<Candidate>> _candidates = [];

    AdvisorySet(IReadOnlyCollection<Advisory> advisories, AliasGroups aliases)
    {
        Advisories = advisories;
        Aliases = aliases;
        foreach (var advisory in advisories)
            foreach (var affected in advisory.Affected)
                Add(KeyOf(affected.Ecosystem, affected.Name), new Candidate(advisory, affected));
    }

    /// <summary>One of each id.</summary>
    public IReadOnlyCollection<Advisory> Advisories { get; }

    public AliasGroups Aliases { get; }

    /// <summary>Where an id comes more than once, the record that was modified last counts; of two modified at once, the first.</summary>
    public static AdvisorySet Of(IEnumerable<Advisory> advisories)
    {
        var latest = new Dictionary<string, Advisory>(StringComparer.Ordinal);
        foreach (var advisory in advisories)
            if (!latest.TryGetValue(advisory.Id, out var known) || advisory.Modified > known.Modified)
                latest[advisory.Id] = advisory;
        return new AdvisorySet(latest.Values, AliasGroups.Of(latest.Values));
    }

    /// <param name="advisories">One of each id.</param>
    /// <param name="aliases">Of these and of others: what they have to do with each other may be told by a record that is not among them.</param>
    internal static AdvisorySet Of(IReadOnlyCollection<Advisory> advisories, AliasGroups aliases) => new(advisories, aliases);

    /// <summary>What each record that names the component says of it, not affected and unknown too, in the order of ids.</summary>
    /// <param name="asOf">Records that were withdrawn by then match nothing.</param>
    public IReadOnlyList<Match> Match(Component component, DateTimeOffset asOf) =>
        Found(component, (candidate, version) => candidate.Against(component, version, asOf));

    /// <summary>The vulnerabilities of an inventory, and how much of it is unknown.</summary>
    /// <inheritdoc cref="Match(Component, DateTimeOffset)"/>
    public Inventory Match(IEnumerable<Component> components, DateTimeOffset asOf)
    {
        var (matches, uncovered) = (new List<Match>(), new List<Component>());
        foreach (var component in components.Distinct())
            if (component.Ecosystem is null)
                uncovered.Add(component);
            else
                matches.AddRange(Found(component, (candidate, version) => candidate.Holds(component, version, asOf)));
        return new Inventory(Vulnerability.Of(matches, Aliases), [.. matches.Where(match => match.Outcome == MatchOutcome.Unknown)], uncovered);
    }

    /// <summary>By what a component is found, and the version that counts there.</summary>
    internal static IEnumerable<((string Ecosystem, string Name) Key, string Version)> Lookups(Component component)
    {
        if (component.Ecosystem is not { } ecosystem)
            yield break;
        var by = EcosystemRules.MatchedBy(ecosystem);
        if (by != MatchedBy.Source)
            yield return (KeyOf(ecosystem, component.Name), component.Version);
        if (by == MatchedBy.Source || by == MatchedBy.PackageOrSource && component.SourceName != component.Name)
            yield return (KeyOf(ecosystem, component.SourceName), component.SourceVersion);
    }

    List<Match> Found(Component component, Func<Candidate, InstalledVersion, Match?> match)
    {
        var found = new List<Match>();
        foreach (var (key, text) in Lookups(component))
        {
            var version = new InstalledVersion(text);
            foreach (var candidate in _candidates.GetValueOrDefault(key) ?? [])
                if (match(candidate, version) is { } one)
                    found.Add(one);
        }
        return found.Count == 0 ? found : [.. found.GroupBy(one => one.Advisory.Id, StringComparer.Ordinal).Select(Deciding).OrderBy(one => one.Advisory.Id, StringComparer.Ordinal)];
    }

    // A record may name a package several times, with other versions each time.
    static Match Deciding(IEnumerable<Match> ofOneRecord) => ofOneRecord.MaxBy(match => (match.Outcome, match.FixedIn is not null))!;

    /// <summary>What a record and a component must have in common to be about the same package.</summary>
    internal static (string Ecosystem, string Name) KeyOf(string ecosystem, string name) => (EcosystemRules.KeyOf(ecosystem), EcosystemRules.NameOf(ecosystem, name));

    void Add((string, string) key, Candidate candidate)
    {
        if (!_candidates.TryGetValue(key, out var candidates))
            _candidates[key] = candidates = new(1);
        candidates.Add(candidate);
    }
}
