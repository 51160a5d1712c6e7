using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Observation;

/// <summary>What a process stands on, and whether it reaches that: <c>/health</c> and <c>plimsoll_dependency_up</c> say the same.</summary>
internal sealed class Dependencies(IDbContextFactory<PlimsollDb> databases, INews news)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public async Task<DependencyLook> Look(CancellationToken ct) => new(await ReachesDatabase(ct), news is RedisNews ? news.Reaches : null);

    async Task<bool> ReachesDatabase(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            await using var db = await databases.CreateDbContextAsync(patience.Token);
            return await db.Database.CanConnectAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return false;
        }
    }
}

/// <param name="Redis">Null where none is used.</param>
internal sealed record DependencyLook(bool Database, bool? Redis);
