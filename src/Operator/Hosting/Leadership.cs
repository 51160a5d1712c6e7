using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Hosting;

/// <summary>Waits until this replica leads, works as long as it does, and at the end lets what is under way end and gives the lease back.</summary>
internal sealed class Leadership(LeaderLease lease, ClusterView view, Controller<ImageRollout> controller, IHostApplicationLifetime life) : BackgroundService
{
    /// <summary>How long looks that are under way may take when the process is told to end.</summary>
    public static readonly TimeSpan Drain = TimeSpan.FromSeconds(25);

    /// <summary>Whether the process ends because it must not go on.</summary>
    public bool HasFailed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await view.Synced.WaitAsync(stoppingToken);
        await lease.Acquire(stoppingToken);
        using var abort = new CancellationTokenSource();
        using var end = new CancellationTokenSource();
        var work = controller.Run(abort.Token);
        // Renewed also while the last looks end: until then nobody else may work.
        var kept = lease.Keep(end.Token);
        var first = await Task.WhenAny(kept, work, Stopped(stoppingToken));
        if (first == kept || first == work)
        {
            // Somebody else may lead by now, or the loop is broken: nothing more is written, and the next process begins anew.
            HasFailed = true;
            await abort.CancelAsync();
            await work;
            life.StopApplication();
            return;
        }
        controller.Queue.Close();
        abort.CancelAfter(Drain);
        await work;
        await end.CancelAsync();
        await Task.WhenAny(kept);
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        await lease.Release(time.Token);
    }

    static async Task Stopped(CancellationToken ct)
    {
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = ct.Register(stopped.SetResult);
        await stopped.Task;
    }
}
