using Microsoft.AspNetCore.Http.HttpResults;
using Plimsoll.Api.Http;
using Plimsoll.Client;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Store.Registries;
using Plimsoll.Store.Settings;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Registries;

/// <summary>What a reference points at now, by the word of its registry.</summary>
internal static class ResolveEndpoints
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(25);

    public static void MapResolve(this RouteGroupBuilder v1)
    {
        var resolve = v1.MapGroup("/resolve").WithTags("registries");
        resolve.MapGet("", Get).RequireScope(Scope.Read).Refusing().WithSummary("The digest that a reference points at now, and its platforms");
        // A login makes the service reach where it would not by itself, as a submission does.
        resolve.MapPost("", Post).RequireScope(Scope.Submit).Refusing().WithSummary("The same, with a login of the caller's");
    }

    static RouteHandlerBuilder Refusing(this RouteHandlerBuilder route) => route.ProducesProblem(400).ProducesProblem(404).ProducesProblem(422).ProducesProblem(502).ProducesProblem(504);

    static Task<Results<Ok<ResolutionBody>, ProblemHttpResult>> Get(string image, RegistryAccess registries, Settings settings, CancellationToken ct) =>
        Resolve(image, null, registries, settings, ct);

    static async Task<Results<Ok<ResolutionBody>, ProblemHttpResult>> Post(ResolutionRequestBody body, RegistryAccess registries, Settings settings, CancellationToken ct) =>
        body.Image is null || body.Credentials is { } login && (login.Username is null || login.Password is null)
            ? Problems.BadRequest("image is needed, and credentials take a username and a password")
            : await Resolve(body.Image, body.Credentials, registries, settings, ct);

    static async Task<Results<Ok<ResolutionBody>, ProblemHttpResult>> Resolve(string image, CredentialsBody? login, RegistryAccess registries, Settings settings, CancellationToken ct)
    {
        if (!ImageName.TryParse(image, null, out var name))
            return Problems.BadRequest("image takes [registry/]repository[:tag][@digest]");
        using var time = CancellationTokenSource.CreateLinkedTokenSource(ct);
        // Before the time of the request is over, which would tell the caller less.
        time.CancelAfter(settings.Timeout * 0.8 < Longest ? settings.Timeout * 0.8 : Longest);
        try
        {
            var resolution = await registries.HastyInspector(login is null ? null : new RegistryLogin(name.Registry, login.Username, login.Password)).ResolvePlatforms(name, time.Token);
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
