using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Engine.Images;
using Plimsoll.Store.Registries;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Registries;

/// <summary>What a reference points at now, by the word of its registry.</summary>
internal static class ResolveEndpoints
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    public static void MapResolve(this RouteGroupBuilder v1) => v1.MapGet("/resolve", Resolve).WithTags("registries").RequireScope(Scope.Read)
        .ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).ProducesProblem(502).ProducesProblem(504)
        .WithSummary("The digest that a reference points at now, and its platforms");

    static async Task<Results<Ok<ResolutionBody>, ProblemHttpResult>> Resolve(string image, RegistryAccess registries, Settings settings, CancellationToken ct)
    {
        if (!ImageName.TryParse(image, null, out var name))
            return Problems.BadRequest("image takes [registry/]repository[:tag][@digest]");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Before the time of the request is over, which would tell the caller less.
        time.CancelAfter(settings.Timeout * 0.8 < Longest ? settings.Timeout * 0.8 : Longest);
        try
        {
            var resolution = await registries.HastyInspector().ResolvePlatforms(name, time.Token);
            return resolution is { Digest: { } digest, Platforms: { } platforms }
                ? TypedResults.Ok(new ResolutionBody(name.ToString(), digest.Value, [.. platforms.Select(one => new ResolvedPlatformBody(one.Platform.ToString(), one.Digest.Value))]))
                : RegistryProblems.Of(resolution.Failure!);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return RegistryProblems.TooSlow(name.ToString());
        }
    }
}
