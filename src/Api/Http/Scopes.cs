using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Plimsoll.Store.Tokens;

namespace Plimsoll.Api.Http;

/// <summary>What an endpoint asks of its caller.</summary>
internal static class Scopes
{
    public static string Word(Scope scope) => scope.ToString().ToLowerInvariant();

    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, Scope scope) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(Word(scope)).WithMetadata(scope);

    /// <param name="signIn">False on loopback without a secret key: whoever can reach the service there may do everything.</param>
    public static void AddScopes(this IServiceCollection services, bool signIn)
    {
        // Authentication brings data protection along, which nothing here uses: it shall write no keys.
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        services.AddAuthentication(TokenAuthentication.Name).AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        var authorization = services.AddAuthorizationBuilder();
        foreach (var scope in Enum.GetValues<Scope>())
            authorization.AddPolicy(Word(scope), policy => policy.RequireAssertion(context => !signIn || context.User.HasClaim("scope", Word(scope))));
        authorization.SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAssertion(context => !signIn || context.User.Identity is { IsAuthenticated: true }).Build());
    }

    /// <summary>The name of the token that calls; <c>local</c> where nobody signs in.</summary>
    public static string CallerName(this ClaimsPrincipal user) => user.Identity?.Name ?? "local";
}
