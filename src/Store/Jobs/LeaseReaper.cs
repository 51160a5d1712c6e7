using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Jobs;

/// <summary>Frees the inspections of silent workers. A worker that is free does so too; this is for the time when none is.</summary>
internal sealed class LeaseReaper(InspectionQueue queue, INews news) : IRecurringJob
{
    public JobInfo Info => JobList.LeaseReaper;

    public async Task<int> Run(CancellationToken ct)
    {
        var freed = await queue.Reap(ct);
        if (freed > 0)
            news.Wake();
        return freed;
    }
}
