using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Store.Hosting;

/// <summary>Whether a process lives, and whether it can work: the same answers from the API and from a worker.</summary>
internal static class HealthEndpoints
{
    public static string Version { get; } = typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health", Health).WithTags("health").DisableRequestTimeout();
        app.MapGet("/health/live", () => TypedResults.Ok(new LiveBody("alive"))).WithTags("health");
        app.MapGet("/health/ready", Health).WithTags("health");
    }

    // Degraded still serves: without Redis, workers look by themselves and limits are each process's own.
    static async Task<IResult> Health(IDbContextFactory<PlimsollDb> databases, INews news, TimeProvider clock, CancellationToken ct)
    {
        var database = await Reaches(databases, ct);
        var (redis, status) = (news is not RedisNews ? "not used" : news.Reaches ? "up" : "down", !database ? "down" : news.Reaches ? "up" : "degraded");
        return TypedResults.Json(new HealthBody(status, clock.GetUtcNow(), Version, new DependenciesBody(database ? "up" : "down", redis)), statusCode: database ? 200 : 503);
    }

    static async Task<bool> Reaches(IDbContextFactory<PlimsollDb> databases, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(TimeSpan.FromSeconds(3));
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

internal sealed record LiveBody(string Status);

/// <param name="Status"><c>up</c>, <c>degraded</c> or <c>down</c>.</param>
internal sealed record HealthBody(string Status, DateTimeOffset Timestamp, string Version, DependenciesBody Dependencies);

internal sealed record DependenciesBody(string Database, string Redis);
