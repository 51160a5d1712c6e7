using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Observation;

/// <summary>Looks how long the queue is, and how long it has waited.</summary>
internal sealed class QueueWatch(IDbContextFactory<PlimsollDb> databases, ServiceMeter meter, TimeProvider clock, ILogger<QueueWatch> log) : Watch("The queue", TimeSpan.FromSeconds(5), clock, log)
{
    readonly TimeProvider _clock = clock;

    protected override async Task Look(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = _clock.GetUtcNow();
        var depth = await db.Inspections.LongCountAsync(row => row.State == InspectionState.Queued || row.State == InspectionState.Running, ct);
        var oldest = await db.Inspections.Where(row => row.State == InspectionState.Queued && row.AvailableAt <= now).MinAsync(row => (DateTimeOffset?)row.AvailableAt, ct);
        meter.Queue = new QueueLook(depth, oldest is { } since ? (now - since).TotalSeconds : 0);
    }
}
