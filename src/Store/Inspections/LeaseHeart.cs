namespace Plimsoll.Store.Inspections;

/// <summary>Says from time to time that the work under a lease goes on, and ends the work when the lease is lost.</summary>
internal sealed class LeaseHeart(InspectionQueue queue, TimeProvider clock)
{
    /// <summary>Returns when the work has ended.</summary>
    public async Task Beat(Lease lease, CancellationTokenSource work)
    {
        using var timer = new PeriodicTimer(queue.LeaseTime / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(work.Token))
                if (!await Beat(lease, work.Token))
                    await work.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // The work has ended.
        }
    }

    async Task<bool> Beat(Lease lease, CancellationToken ct)
    {
        try
        {
            return await queue.Heartbeat(lease, ct);
        }
        catch (System.Data.Common.DbException)
        {
            // The next beat may reach the database in time. If none does, the lease ends by itself and Complete stores nothing.
            return true;
        }
    }
}
