using Plimsoll.Engine.Reports;

namespace Plimsoll.Store.Advisories;

/// <summary>What is another than before about the components that were matched.</summary>
/// <param name="Gone">Rows to delete.</param>
/// <param name="New">Rows to write: new ones, and those that say something else than before, which are among <paramref name="Gone"/> too.</param>
/// <param name="News">What is worth telling, once for each component.</param>
internal sealed record Differences(IReadOnlyList<VulnerabilityRow> Gone, IReadOnlyList<VulnerabilityRow> New, IReadOnlyList<ComponentNews> News)
{
    /// <param name="before">All rows of these components.</param>
    /// <param name="after">All problems that they have now.</param>
    public static Differences Of(IReadOnlyList<ComponentRow> components, IReadOnlyList<VulnerabilityRow> before, IReadOnlyList<Problem> after)
    {
        var (gone, added, news) = (new List<VulnerabilityRow>(), new List<VulnerabilityRow>(), new List<ComponentNews>());
        var (old, now) = (before.ToLookup(row => row.ComponentId), after.ToLookup(problem => problem.Component.Id));
        foreach (var component in components)
        {
            var sofar = (added.Count, gone.Count);
            var known = old[component.Id].ToDictionary(row => row.AdvisoryId, StringComparer.Ordinal);
            var kept = new HashSet<string>(StringComparer.Ordinal);
            foreach (var row in now[component.Id].SelectMany(problem => problem.Rows))
            {
                kept.Add(row.AdvisoryId);
                if (!known.TryGetValue(row.AdvisoryId, out var was))
                    added.Add(row);
                else if (!row.Says(was))
                {
                    gone.Add(was);
                    row.FirstEpoch = was.FirstEpoch;
                    added.Add(row);
                }
            }
            gone.AddRange(known.Values.Where(row => !kept.Contains(row.AdvisoryId)));
            // Where every row says what it said, there is nothing to tell.
            if ((added.Count, gone.Count) != sofar)
                news.AddRange(NewsOf(component, [.. known.Values], [.. now[component.Id]]));
        }
        return new(gone, added, news);
    }

    // By names and not by records: a problem that is known by another name from now on is no new one, nor one that another record tells of too.
    static IEnumerable<ComponentNews> NewsOf(ComponentRow component, List<VulnerabilityRow> before, List<Problem> after)
    {
        var told = new HashSet<VulnerabilityRow>();
        var named = before.SelectMany(row => new[] { (Name: row.AdvisoryId, Row: row), (Name: row.Problem, Row: row) }).ToLookup(pair => pair.Name, pair => pair.Row, StringComparer.Ordinal);
        foreach (var problem in after)
        {
            var was = problem.Names.SelectMany(name => named[name]).Distinct().ToList();
            told.UnionWith(was);
            var (severity, fix, exploited) = (problem.Rows.Max(row => row.Severity), problem.Rows.Select(row => row.FixedIn).FirstOrDefault(version => version is not null), problem.Rows.Any(row => row.KnownExploited));
            ComponentNews Of(AdvisoryEventKind kind) => new(kind, component, problem.Name, problem.Rows[0].AdvisoryId, severity, fix, exploited);
            if (was.Count == 0)
                yield return Of(component.Revision == 0 ? AdvisoryEventKind.NewComponent : AdvisoryEventKind.NewAdvisory);
            else
            {
                // What nobody had rated has not become worse by being rated, and that the attack has raised it is told with the attack.
                if (was.Max(row => row.Severity) is { } rated && severity > rated && !(exploited && severity == Severity.High))
                    yield return Of(AdvisoryEventKind.SeverityRaised);
                if (fix is not null && was.TrueForAll(row => row.FixedIn is null))
                    yield return Of(AdvisoryEventKind.FixAvailable);
                if (exploited && !was.Exists(row => row.KnownExploited))
                    yield return Of(AdvisoryEventKind.KnownExploited);
            }
        }
        foreach (var row in before.Where(row => !told.Contains(row)).DistinctBy(row => row.Problem))
            yield return new(AdvisoryEventKind.Withdrawn, component, row.Problem, row.AdvisoryId, row.Severity, row.FixedIn, row.KnownExploited);
    }
}

/// <summary>What became known about one component.</summary>
/// <param name="Advisory">A record that says so.</param>
internal sealed record ComponentNews(AdvisoryEventKind Kind, ComponentRow Component, string Problem, string Advisory, Severity? Severity, string? FixedIn, bool KnownExploited);
