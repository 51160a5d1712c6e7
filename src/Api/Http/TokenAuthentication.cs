using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Http;

/// <summary>Who calls: a bearer token (RFC 6750) of the configuration or of the database.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenStore tokens) : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "Bearer";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers.Authorization.ToString() is not { Length: > 7 } header || !header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        return await tokens.Find(header["Bearer ".Length..].Trim(), Context.RequestAborted) is { } caller
            ? AuthenticateResult.Success(new AuthenticationTicket(PrincipalOf(caller), Name))
            : AuthenticateResult.Fail("the token is wrong or has expired");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Of(401, "not-signed-in", "A token is needed", "send a token as 'Authorization: Bearer …'; a wrong or expired one is none").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.Of(403, "not-allowed", "The token does not allow this", "it takes a token with a higher scope").ExecuteAsync(Context);

    public static ClaimsPrincipal PrincipalOf(Caller caller) => new(new ClaimsIdentity(
        [new Claim(ClaimTypes.Name, caller.Name), .. Enum.GetValues<Scope>().Where(scope => scope <= caller.Scope).Select(scope => new Claim("scope", Scopes.Word(scope)))], Name));
}
