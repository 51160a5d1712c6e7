using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plimsoll.Engine.Advisories.Feeds;
using Plimsoll.Engine.Advisories.Library;

namespace Plimsoll.Store.Observation;

/// <summary>Looks how old the advisories are.</summary>
internal sealed class AdvisoryWatch(IDbContextFactory<PlimsollDb> databases, ServiceMeter meter, TimeProvider clock, ILogger<AdvisoryWatch> log) : Watch("The age of the advisories", TimeSpan.FromSeconds(10), clock, log)
{
    /// <summary>Without these nothing is missed.</summary>
    static readonly string[] s_enriching = [ExploitationFeed.NameOf(SourceKind.KnownExploited), ExploitationFeed.NameOf(SourceKind.ExploitScores)];

    protected override async Task Look(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        meter.OldestAdvisories = await db.AdvisorySources.Where(row => row.AsOf != null && !s_enriching.Contains(row.Name)).MinAsync(row => row.AsOf, ct);
    }
}
