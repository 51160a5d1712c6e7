using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Operator.Cluster;

/// <summary>
/// One of the replicas works, the others wait. Who holds the Lease object of the cluster (coordination.k8s.io/v1) and renews it is the one; who could not renew it in time has lost
/// it before another may take it. Time is measured on this machine alone: clocks of machines differ.
/// </summary>
internal sealed partial class LeaderLease(IKubernetes server, LeaseOptions options, TimeProvider clock, ILogger<LeaderLease> log)
{
    V1Lease? _seen;
    long _seenAt;
    long _renewedAt;
    long _triedAt = clock.GetTimestamp();
    volatile bool _holds;

    /// <summary>Whether this process is the one, as far as it can know.</summary>
    public bool Holds => _holds && clock.GetElapsedTime(Volatile.Read(ref _renewedAt)) < options.RenewWithin;

    /// <summary>Since the server was last asked, whether or not it answered: a loop that hangs is noticed by it.</summary>
    public TimeSpan SinceTried => clock.GetElapsedTime(Volatile.Read(ref _triedAt));

    /// <summary>Returns when this process is the one.</summary>
    public async Task Acquire(CancellationToken ct)
    {
        while (!await Try(Take, ct))
            await Task.Delay(options.RetryEvery, clock, ct);
        _holds = true;
        Log.Leads(log, options.Identity);
    }

    /// <summary>Keeps the lease, and returns when it is lost; what it guarded must end at once.</summary>
    public async Task Keep(CancellationToken ct)
    {
        while (_holds)
        {
            using var deadline = new CancellationTokenSource(Remaining(), clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
            try
            {
                await Task.Delay(options.RetryEvery, clock, either.Token);
                while (!await Try(Renew, either.Token))
                    await Task.Delay(options.RetryEvery / 4, clock, either.Token);
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                _holds = false;
            }
        }
        Log.Lost(log, options.Identity);
    }

    /// <summary>Gives the lease back, so that the next one need not wait for its end.</summary>
    public async Task Release(CancellationToken ct)
    {
        if (!_holds)
            return;
        _holds = false;
        await Try(async token =>
        {
            // Read anew: whether the last renewal arrived is not known when it was broken off.
            if (await Read(token) is not { } lease || lease.Spec?.HolderIdentity != options.Identity)
                return true;
            (lease.Spec.HolderIdentity, lease.Spec.LeaseDurationSeconds, lease.Spec.RenewTime) = ("", 1, clock.GetUtcNow().UtcDateTime);
            await server.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, options.Name, options.Namespace, cancellationToken: token);
            return true;
        }, ct);
    }

    TimeSpan Remaining() => TimeSpan.FromTicks(Math.Max(1, (options.RenewWithin - clock.GetElapsedTime(Volatile.Read(ref _renewedAt))).Ticks));

    async Task<bool> Take(CancellationToken ct)
    {
        var lease = await Read(ct);
        var began = clock.GetTimestamp();
        if (lease is null)
        {
            var made = new V1Lease { Metadata = new V1ObjectMeta { Name = options.Name, NamespaceProperty = options.Namespace }, Spec = Spec(0, null) };
            return Wrote(await server.CoordinationV1.CreateNamespacedLeaseAsync(made, options.Namespace, cancellationToken: ct), began);
        }
        See(lease);
        var isFree = string.IsNullOrEmpty(lease.Spec?.HolderIdentity) || lease.Spec.HolderIdentity == options.Identity
            || clock.GetElapsedTime(_seenAt) >= TimeSpan.FromSeconds(lease.Spec.LeaseDurationSeconds ?? (int)options.Duration.TotalSeconds);
        if (!isFree)
            return false;
        lease.Spec = Spec((lease.Spec?.LeaseTransitions ?? 0) + 1, null);
        return Wrote(await server.CoordinationV1.ReplaceNamespacedLeaseAsync(lease, options.Name, options.Namespace, cancellationToken: ct), began);
    }

    // What it wrote last is what is there, unless somebody wrote meanwhile, and then the server says so.
    async Task<bool> Renew(CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        V1Lease renewed;
        try
        {
            renewed = await Renew(_seen!, ct);
        }
        catch (HttpOperationException e) when (e.IsConflict() || e.IsNotFound())
        {
            if (await Read(ct) is not { Spec.HolderIdentity: { } holder } lease || holder != options.Identity)
            {
                // Somebody took it away, or deleted it: there is nothing to renew.
                _holds = false;
                return true;
            }
            began = clock.GetTimestamp();
            renewed = await Renew(lease, ct);
        }
        // An answer can be there before the timer that ends the time for it: a machine that stood still wakes up to both. What was guarded had nobody's leave meanwhile.
        return Holds ? Wrote(renewed, began) : !(_holds = false);
    }

    Task<V1Lease> Renew(V1Lease lease, CancellationToken ct) => server.CoordinationV1.ReplaceNamespacedLeaseAsync(
        new V1Lease { Metadata = lease.Metadata, Spec = Spec(lease.Spec.LeaseTransitions ?? 0, lease.Spec.AcquireTime) }, options.Name, options.Namespace, cancellationToken: ct);

    V1LeaseSpec Spec(int transitions, DateTime? acquired)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return new V1LeaseSpec { HolderIdentity = options.Identity, LeaseDurationSeconds = (int)options.Duration.TotalSeconds, AcquireTime = acquired ?? now, RenewTime = now, LeaseTransitions = transitions };
    }

    async Task<V1Lease?> Read(CancellationToken ct)
    {
        try
        {
            return await server.CoordinationV1.ReadNamespacedLeaseAsync(options.Name, options.Namespace, cancellationToken: ct);
        }
        catch (HttpOperationException e) when (e.IsNotFound())
        {
            return null;
        }
    }

    // Others may have seen it long before the answer came back, so it counts from before the request.
    bool Wrote(V1Lease lease, long began)
    {
        (_seen, _seenAt) = (lease, began);
        Volatile.Write(ref _renewedAt, began);
        return true;
    }

    // What counts is when it last changed before our eyes, not what time its holder wrote into it.
    void See(V1Lease lease)
    {
        if (_seen?.Metadata.ResourceVersion == lease.Metadata.ResourceVersion && _seen?.Metadata.Uid == lease.Metadata.Uid)
            return;
        _seen = lease;
        _seenAt = clock.GetTimestamp();
    }

    async Task<bool> Try(Func<CancellationToken, Task<bool>> what, CancellationToken ct)
    {
        Volatile.Write(ref _triedAt, clock.GetTimestamp());
        using var time = new CancellationTokenSource(options.RenewWithin / 2, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            // Not only asked to end: what hangs all the same is left alone.
            return await what(either.Token).WaitAsync(either.Token);
        }
        // Another one was faster, or the server is away: the next try will tell.
        catch (Exception e) when (e.IsOfTheServer(ct))
        {
            Log.NotWritten(log, e.IsConflict() ? LogLevel.Debug : LogLevel.Warning, options.Name, e.Message);
            return false;
        }
    }

    static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "{Identity} leads")]
        public static partial void Leads(ILogger logger, string identity);

        [LoggerMessage(LogLevel.Error, "{Identity} no longer leads and ends")]
        public static partial void Lost(ILogger logger, string identity);

        [LoggerMessage("the lease {Name} could not be written: {Reason}")]
        public static partial void NotWritten(ILogger logger, LogLevel level, string name, string reason);
    }
}
