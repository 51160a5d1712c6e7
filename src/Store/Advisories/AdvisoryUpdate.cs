using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Store.Jobs;

namespace Plimsoll.Store.Advisories;

/// <summary>
/// Brings what has changed from <c>ADVISORY_SOURCE</c>: every hour, and sooner an ecosystem that images have come with and that is not here yet.
/// </summary>
internal sealed class AdvisoryUpdate(IDbContextFactory<PlimsollDb> databases, AdvisoryImport import, Settings.Settings settings, TimeProvider clock) : IRecurringJob
{
    /// <summary>How long what was asked for is not asked for again.</summary>
    static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    public JobInfo Info => JobList.AdvisoryUpdate;

    /// <exception cref="AdvisorySourceException">A source could not be brought; the others were.</exception>
    public async Task<int> Run(CancellationToken ct)
    {
        if (settings.Advisories.Source is not { } source || await Due(ct) is not { Count: > 0 } due)
            return 0;
        var feeds = settings.Advisories.Feeds.Where(feed => due.Contains(ExploitationFeed.NameOf(feed.Kind))).ToList();
        var bring = new AdvisoryBringer(source, settings.Advisories.Token, [.. due.Except(feeds.Select(feed => ExploitationFeed.NameOf(feed.Kind)))], feeds, clock);
        var result = await import.Run(bring.Bring, replace: false, wholly: false, ct);
        if (result.Failures.Count > 0)
            throw new AdvisorySourceException(result.Failures);
        return result.Changes.Sum(change => change.Added + change.Changed + change.Vanished);
    }

    // What is wanted and was not asked for within the hour.
    async Task<List<string>> Due(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var wanted = settings.Advisories.Ecosystems is { Count: > 0 } named ? named
            : [.. (await db.Components.Select(row => row.Ecosystem).Distinct().ToListAsync(ct)).Select(ecosystem => ecosystem.Split(':')[0]).Distinct(StringComparer.Ordinal)];
        var asked = await db.AdvisorySources.AsNoTracking().ToDictionaryAsync(row => row.Name, row => new[] { row.AsOf, row.FailedAt }.Max(), StringComparer.Ordinal, ct);
        var before = clock.GetUtcNow() - Interval;
        return [.. wanted.Concat(settings.Advisories.Feeds.Select(feed => ExploitationFeed.NameOf(feed.Kind))).Where(name => !(asked.GetValueOrDefault(name) > before)).Order(StringComparer.Ordinal)];
    }
}

/// <summary>Why advisories, or some of them, could not be brought.</summary>
internal sealed class AdvisorySourceException(IReadOnlyList<SourceFailure> failures)
    : Exception(string.Join("; ", failures.Select(failure => failure.Source.Length > 0 ? $"{failure.Source}: {failure.Reason}" : failure.Reason)));
