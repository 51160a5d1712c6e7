using System.Runtime.ExceptionServices;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Severities;

namespace Plimsoll.Store.Advisories;

/// <summary>Holds components against the advisories of an epoch. Nothing is read but these two: what was found once is matched again at any time.</summary>
internal sealed class Matcher(BorrowedLibrary library, DateTimeOffset now)
{
    /// <summary>Raised when the engine matches otherwise than before: then all components are matched again.</summary>
    public const int Revision = 2;

    /// <summary>Components that are matched on one thread, and their advisories in memory together: parts are matched side by side.</summary>
    public const int Part = 500;

    /// <summary>What the components have by these advisories, each record by itself.</summary>
    public IReadOnlyList<Problem> Of(IReadOnlyList<ComponentRow> components)
    {
        try
        {
            return [.. components.Chunk(Part).AsParallel().AsOrdered().SelectMany(OfPart)];
        }
        catch (AggregateException e) when (e.InnerExceptions.Count > 0)
        {
            // What went wrong is told as it is, and not as one of several.
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
            throw;
        }
    }

    List<Problem> OfPart(ComponentRow[] components)
    {
        // Each vulnerability has the very component that was asked for.
        var rows = components.ToDictionary<ComponentRow, Component>(row => row.Read(), ReferenceEqualityComparer.Instance);
        var found = library.Library.For(rows.Keys).Match(rows.Keys, now).Vulnerabilities;
        var attacks = library.Library.Exploitations(found.SelectMany(vulnerability => vulnerability.Names));
        return
        [
            .. found.Select(vulnerability => (Found: vulnerability, Exploited: vulnerability.Names.Any(name => attacks.TryGetValue(name, out var attack) && attack.KnownSince is not null))).Select(one => Problem(one.Found, one.Exploited)),
        ];

        Problem Problem(Vulnerability vulnerability, bool exploited) => new(
            rows[vulnerability.Component], vulnerability,
            [
                .. vulnerability.Matches.Select(match => new VulnerabilityRow
                {
                    ComponentId = rows[vulnerability.Component].Id, AdvisoryId = match.Advisory.Id, Problem = vulnerability.Id, Severity = Attacked.Raise(match.Rating.Severity, exploited), FixedIn = match.FixedIn,
                    KnownExploited = exploited, Unconfirmed = match.IsUnconfirmed, FirstEpoch = library.Epoch,
                }),
            ]);
    }
}

/// <summary>A problem that a component has, and the records that say so.</summary>
internal sealed record Problem(ComponentRow Component, Vulnerability Found, IReadOnlyList<VulnerabilityRow> Rows)
{
    public string Name => Found.Id;

    /// <summary>All of them, also those of the problems that it follows from.</summary>
    public IEnumerable<string> Names => Found.Names.Concat(Found.Matches.Select(match => match.Advisory.Id)).Distinct(StringComparer.Ordinal);
}
