using System.Reflection;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Rollouts;

namespace Plimsoll.Operator.Hosting;

/// <summary>Whether the process lives, and whether it can work. Neither asks the API server: one that is away is waited for, and a restart would bring it back no sooner.</summary>
internal static class OperatorHealth
{
    /// <summary>Each try has an end of seconds, so a loop that was silent for longer hangs.</summary>
    static readonly TimeSpan Hangs = TimeSpan.FromMinutes(1);

    public static string Version { get; } = typeof(OperatorHealth).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void MapOperatorHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health", Health);
        app.MapGet("/health/live", (LeaderLease lease, ClusterView view) => !view.Synced.IsCompleted || lease.SinceTried < Hangs ? Says("alive", 200) : Says("hangs", 503));
        app.MapGet("/health/ready", (ClusterView view, IHostApplicationLifetime life) =>
            life.ApplicationStopping.IsCancellationRequested ? Says("ending", 503) : view.Synced.IsCompletedSuccessfully ? Says("ready", 200) : Says("reads the cluster", 503));
    }

    static IResult Health(LeaderLease lease, ClusterView view) => Results.Json(new { Status = "up", Version, Synced = view.Synced.IsCompletedSuccessfully, Leads = lease.Holds, Rollouts = view.Rollouts.Count });

    static IResult Says(string status, int code) => Results.Json(new { Status = status }, statusCode: code);
}
