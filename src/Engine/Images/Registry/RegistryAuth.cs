using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Answers a registry's challenges and remembers the tokens (distribution, "Token Authentication" and "OAuth2 Token Authentication").</summary>
internal sealed class RegistryAuth(Transport logins, Credentials credentials, TimeProvider clock)
{
    const int LongestAnswer = 1 << 18;

    /// <summary>Tokens that name no time live this long (distribution, "Token Response Fields").</summary>
    static readonly TimeSpan DefaultLife = TimeSpan.FromSeconds(60);

    readonly ConcurrentDictionary<(string Registry, RegistryScope Scope), (AuthenticationHeaderValue Header, DateTimeOffset Until)> _known = new();

    /// <summary>What is known to work for the scope; null when nothing is, or no longer.</summary>
    public AuthenticationHeaderValue? Known(string registry, RegistryScope scope) =>
        _known.TryGetValue((registry, scope), out var known) && known.Until > clock.GetUtcNow() ? known.Header : null;

    /// <summary>The header that answers <paramref name="challenge"/>; null when there is no way to answer it.</summary>
    public async Task<AuthenticationHeaderValue?> Answer(Challenge challenge, Uri asked, string registry, RegistryScope scope, CancellationToken ct)
    {
        var credential = await credentials.For(registry, ct);
        var (header, life) = challenge.Scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase)
            ? (credential is null ? null : Basic(credential), TimeSpan.FromDays(1))
            : await Token(challenge, asked, scope, credential, ct);
        if (header is not null)
            _known[(registry, scope)] = (header, clock.GetUtcNow() + life);
        return header;
    }

    async Task<(AuthenticationHeaderValue?, TimeSpan)> Token(Challenge challenge, Uri asked, RegistryScope scope, Credential? credential, CancellationToken ct)
    {
        // A password must not leave by plain HTTP because a registry that speaks HTTPS says so.
        if (!Uri.TryCreate(challenge.Realm, UriKind.Absolute, out var realm) || realm.Scheme != Uri.UriSchemeHttps && (realm.Scheme != Uri.UriSchemeHttp || asked.Scheme != Uri.UriSchemeHttp))
            throw new UnreadableImageException($"the registry {asked.Authority} sends its logins to an address that is not safe");
        using var request = credential?.IdentityToken is { } refresh
            ? new HttpRequestMessage(HttpMethod.Post, realm) { Content = new FormUrlEncodedContent(Service(challenge).Append(new("scope", string.Join(' ', scope.Answering(challenge)))).Append(new("grant_type", "refresh_token")).Append(new("client_id", "plimsoll")).Append(new("refresh_token", refresh))) }
            : new HttpRequestMessage(HttpMethod.Get, WithQuery(realm, Service(challenge).Concat(scope.Answering(challenge).Select(one => new KeyValuePair<string, string>("scope", one)))));
        if (credential is { IdentityToken: null })
            request.Headers.Authorization = Basic(credential);
        using var response = await logins.Send(request, ct);
        if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            return (null, default);
        if (!response.IsSuccessStatusCode)
            throw new UnreadableImageException($"the login service {realm.Authority} answers {(int)response.StatusCode}", "try again later") { Kind = FailureKind.Unavailable };
        var token = Parse(await logins.Read(response, LongestAnswer, "its answer", ct), realm);
        var life = token.ExpiresIn is > 0 and var seconds ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : DefaultLife;
        return (token.Token ?? token.AccessToken) is { Length: > 0 } bearer ? (Bearer(bearer, realm), life * 0.9) : (null, default);
    }

    // A header takes no line breaks and nothing but ASCII (RFC 6750, 2.1).
    static AuthenticationHeaderValue Bearer(string token, Uri realm) => token.All(c => c is > ' ' and <= '~') ? new("Bearer", token)
        : throw new UnreadableImageException($"the login service {realm.Authority} gives a token that no request can carry") { Kind = FailureKind.Unavailable };

    static TokenAnswer Parse(byte[] answer, Uri realm)
    {
        try
        {
            return JsonSerializer.Deserialize(answer, TokenJson.Default.TokenAnswer) ?? new TokenAnswer(null, null, null);
        }
        catch (JsonException)
        {
            throw new UnreadableImageException($"the login service {realm.Authority} answers something that is not JSON") { Kind = FailureKind.Unavailable };
        }
    }

    static IEnumerable<KeyValuePair<string, string>> Service(Challenge challenge) => challenge.Service is { } service ? [new("service", service)] : [];

    static Uri WithQuery(Uri realm, IEnumerable<KeyValuePair<string, string>> fields)
    {
        var query = string.Join('&', fields.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}"));
        return new UriBuilder(realm) { Query = realm.Query.Length > 1 ? $"{realm.Query[1..]}&{query}" : query }.Uri;
    }

    static AuthenticationHeaderValue Basic(Credential credential) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{credential.User}:{credential.Password}")));
}

internal sealed record TokenAnswer(string? Token, [property: JsonPropertyName("access_token")] string? AccessToken, [property: JsonPropertyName("expires_in")] double? ExpiresIn);

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(TokenAnswer))]
internal sealed partial class TokenJson : JsonSerializerContext;
