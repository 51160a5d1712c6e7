using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;
using Polly;
using Polly.Retry;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Requests to registries: with credentials where they are asked for, again where it may help, and an error that says what to do.</summary>
internal sealed class RegistryClient : IDisposable
{
    readonly Limits _limits;
    readonly Transport _registries;
    readonly Transport _logins;
    readonly RegistryAuth _auth;
    readonly ResiliencePipeline _retry;

    public RegistryClient(RegistryOptions options, Limits limits)
    {
        (Options, _limits) = (options, limits);
        var connections = Connections.Of(options);
        _registries = new Transport(new Redirects(connections), "registry", options);
        // A login service that redirects would have the login sent on to another host.
        _logins = new Transport(connections, "login service", options);
        _auth = new RegistryAuth(_logins, new Credentials(options, limits), options.Clock);
        _retry = Retry(options);
    }

    public RegistryOptions Options { get; }

    /// <summary>
    /// What <paramref name="read"/> makes of an answer that <see cref="RegistryRequest.Takes"/> admits. When the connection breaks under it, the
    /// request is made again.
    /// </summary>
    public async Task<T> Ask<T>(RegistryEndpoint endpoint, RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct) =>
        await Again(token => AskOnce(endpoint, request, read, token), ct);

    /// <summary>The same, but what may pass is for the caller to wait for.</summary>
    public async Task<T> AskOnce<T>(RegistryEndpoint endpoint, RegistryRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        var response = await Send(endpoint, request, ct);
        return request.Takes(response.StatusCode) ? await read(response, ct) : throw Refusal(response, endpoint, request.Writes);
    }

    /// <summary>Does <paramref name="work"/>, and again when it ends with a fault that may pass.</summary>
    public async Task<T> Again<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct) => await _retry.ExecuteAsync(async token => await work(token), ct);

    /// <summary>The body of a manifest, index or config.</summary>
    public Task<byte[]> Document(HttpResponseMessage response, string what, CancellationToken ct) => _registries.Read(response, _limits.DocumentBytes, what, ct);

    public void Dispose()
    {
        _registries.Dispose();
        _logins.Dispose();
    }

    static ResiliencePipeline Retry(RegistryOptions options) => options.Attempts <= 1 ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = options.Clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(400),
            MaxDelay = TimeSpan.FromSeconds(60),
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<PassingFaultException>(),
            DelayGenerator = outcome => ValueTask.FromResult((outcome.Outcome.Exception as PassingFaultException)?.Wait),
        }).Build();

    async Task<HttpResponseMessage> Send(RegistryEndpoint endpoint, RegistryRequest request, CancellationToken ct)
    {
        // A registry may have an upload go on at another host, which must not get the registry's login.
        var (address, scope) = (request.AddressAt(endpoint), request.ScopeIn(endpoint.Repository));
        var isOwn = Redirects.IsSameOrigin(address, endpoint.Root);
        var response = await SendOnce(endpoint, request, isOwn ? _auth.Known(endpoint.Registry, scope) : null, ct);
        // A host that the registry redirected to must not be able to ask for it either.
        if (response.StatusCode != HttpStatusCode.Unauthorized || !isOwn || !IsFrom(response, address) || Challenge.Of(response.Headers.WwwAuthenticate) is not { } challenge)
            return response;
        response.Dispose();
        var header = await _auth.Answer(challenge, address, endpoint.Registry, scope, ct);
        return await SendOnce(endpoint, request, header, ct);
    }

    async Task<HttpResponseMessage> SendOnce(RegistryEndpoint endpoint, RegistryRequest request, AuthenticationHeaderValue? authorization, CancellationToken ct)
    {
        using var message = request.To(endpoint, authorization);
        return await _registries.Send(message, ct);
    }

    static bool IsFrom(HttpResponseMessage response, Uri asked) =>
        response.RequestMessage?.RequestUri is { } answered && answered.Scheme == asked.Scheme && answered.Authority == asked.Authority;

    static UnreadableImageException Refusal(HttpResponseMessage response, RegistryEndpoint endpoint, bool writes)
    {
        using (response)
            return response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                ? new($"the registry {endpoint.Host} does not let you {(writes ? "write" : "read")} {endpoint.Repository}", $"check the name, or log in: docker login {endpoint.Registry}") { Kind = FailureKind.NoAccess }
                : new($"the registry {endpoint.Host} answers {(int)response.StatusCode}", "try again later") { Kind = FailureKind.Unavailable };
    }
}
