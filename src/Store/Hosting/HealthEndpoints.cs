using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Store.Observation;

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
    static async Task<IResult> Health(Dependencies dependencies, TimeProvider clock, CancellationToken ct)
    {
        var (database, redis) = await dependencies.Look(ct);
        var status = !database ? "down" : redis is false ? "degraded" : "up";
        return TypedResults.Json(new HealthBody(status, clock.GetUtcNow(), Version, new DependenciesBody(Word(database), redis is { } reached ? Word(reached) : "not used")), statusCode: database ? 200 : 503);
    }

    static string Word(bool reached) => reached ? "up" : "down";
}

internal sealed record LiveBody(string Status);

/// <param name="Status"><c>up</c>, <c>degraded</c> or <c>down</c>.</param>
internal sealed record HealthBody(string Status, DateTimeOffset Timestamp, string Version, DependenciesBody Dependencies);

internal sealed record DependenciesBody(string Database, string Redis);
