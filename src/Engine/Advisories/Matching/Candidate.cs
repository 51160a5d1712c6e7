using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Advisories.Severities;

namespace Plimsoll.Engine.Advisories.Matching;

/// <summary>A package of a record, to be held against components of its name.</summary>
internal sealed class Candidate(Advisory advisory, AffectedPackage affected)
{
    // Most records are never asked for: versions and vectors are read with the first component. Two threads that do so at once read the same.
    KnownVersions? _versions;
    Rating? _rating;

    public Advisory Advisory => advisory;

    /// <param name="version">That of the name by which the record was found: the package's or its source's.</param>
    public Match Against(Component component, InstalledVersion version, DateTimeOffset asOf) =>
        Beforehand(component, version.Text, asOf) is var (outcome, reason) ? Of(component, version.Text, outcome, reason) : InVersions(component, version, isAll: true)!;

    /// <summary>The same, but null where it is not affected: of most records nothing is to be told, and nobody puts that into words.</summary>
    public Match? Holds(Component component, InstalledVersion version, DateTimeOffset asOf) =>
        Beforehand(component, version.Text, asOf) is not var (outcome, reason) ? InVersions(component, version, isAll: false) : outcome == MatchOutcome.NotAffected ? null : Of(component, version.Text, outcome, reason);

    // Everything that is decided without looking at versions.
    (MatchOutcome, string)? Beforehand(Component component, string version, DateTimeOffset asOf)
    {
        if (advisory.IsWithdrawn(asOf))
            return (MatchOutcome.NotAffected, $"the record was withdrawn on {advisory.Withdrawn:yyyy-MM-dd}");
        if (EcosystemRules.NoVulnerability(advisory.Id) is { } update)
            return (MatchOutcome.NotAffected, $"the record is {update}, and no vulnerability");
        if (component.Owner == OwnerKind.Distribution)
            return (MatchOutcome.NotAffected, "a package of the distribution brought it, and the distribution's advisories say what is wrong with that");
        if (component.Owner == OwnerKind.UncoveredDistribution)
            return (MatchOutcome.Unknown, "a package of the distribution brought it, perhaps with a fix of its own, and no source has that distribution's advisories");
        if (EcosystemRules.HasModules(affected.Ecosystem) && ModuleStreams.OtherStream(component, advisory, affected) is { } other)
            return (MatchOutcome.NotAffected, other);
        if (version.Length == 0)
            return (MatchOutcome.Unknown, "the package has no version");
        if (affected.SaysNothing)
            return (MatchOutcome.Unknown, "the record names neither versions nor ranges of versions");
        return null;
    }

    Match? InVersions(Component component, InstalledVersion installed, bool isAll)
    {
        var (known, version) = (_versions ??= new KnownVersions(affected), installed.Text);
        if (known.Order is not { } order)
            return affected.Versions.Contains(version) ? Named() : Of(component, version, MatchOutcome.Unknown, $"nobody says how versions of {EcosystemRules.Base(affected.Ecosystem)} are ordered");
        if (installed.By(order) is not { } parsed)
            return affected.Versions.Contains(version) ? Named() : Of(component, version, MatchOutcome.Unknown, $"\"{version}\" is not a version that {order.Name} knows");
        var answer = known.Answer(parsed);
        if (answer.Outcome == MatchOutcome.NotAffected && !isAll)
            return null;
        if (answer.Outcome == MatchOutcome.Affected && EcosystemRules.HasModules(affected.Ecosystem) && ModuleStreams.IsUncertain(component, advisory, affected))
            answer = answer with { Outcome = MatchOutcome.Unknown, Because = Because.Said, Text = $"{answer.Reason}, but it cannot be told whether both are of the same module stream" };
        return new Match(component, advisory, answer.Outcome, answer.FixedIn, _rating ??= Rating.Of(advisory, affected),
            answer is { Outcome: MatchOutcome.Affected, Range.IsOpen: true } && !advisory.IsReviewed,
            Explained(component, version, answer.Reason) with { Range = answer.Range, Event = answer.Event, Order = order.Name });

        Match Named() => Of(component, version, MatchOutcome.Affected, $"{version} is one of the versions that the record names");
    }

    Match Of(Component component, string version, MatchOutcome outcome, string reason) =>
        new(component, advisory, outcome, null, _rating ??= Rating.Of(advisory, affected), false, Explained(component, version, reason));

    Explanation Explained(Component component, string version, string reason) => new(affected.Ecosystem, affected.Name, version, reason)
    {
        Note = affected.Imports.Count > 0 ? $"only programs with {Some(affected.Imports)} in them are affected"
            : affected.Name != component.Name && affected.Name == component.SourceName ? $"{component.Name} {component.Version} is built from it" : null,
    };

    static string Some(IReadOnlyList<string> paths) => paths.Count <= 3 ? string.Join(" or ", paths) : $"{string.Join(", ", paths.Take(3))} or {paths.Count - 3} more packages";
}
