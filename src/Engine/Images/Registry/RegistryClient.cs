using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Engine.Archives;
using Polly;
using Polly.Retry;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Requests to registries: with credentials where they are asked for, again where it may help, and an error that says what to do.</summary>
internal sealed class RegistryClient : IDisposable
{
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    readonly HttpClient _http;
    readonly HttpClient _logins;
    readonly RegistryAuth _auth;
    readonly RegistryOptions _options;
    readonly ResiliencePipeline<HttpResponseMessage> _retry;

    public RegistryClient(RegistryOptions options, Limits limits)
    {
        _options = options;
        _http = new HttpClient(options.Handler?.Invoke() ?? new SocketsHttpHandler { MaxAutomaticRedirections = 5, ConnectTimeout = TimeSpan.FromSeconds(20), AutomaticDecompression = DecompressionMethods.None })
        {
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("plimsoll", "1") } },
        };
        // A login service that redirects would have the login sent on to another host.
        _logins = new HttpClient(options.Handler?.Invoke() ?? new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(20) }) { Timeout = options.IdleTimeout };
        _auth = new RegistryAuth(_logins, new Credentials(options.CredentialFiles, limits, options.Clock), options.Clock);
        _retry = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.Clock }.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Math.Max(1, options.Attempts - 1),
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(400),
            MaxDelay = LongestWait,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder<HttpResponseMessage>()
                .Handle<HttpRequestException>(e => e.HttpRequestError is not (HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError))
                .Handle<TimeoutException>()
                .HandleResult(response => IsPassing(response.StatusCode)),
            DelayGenerator = outcome => ValueTask.FromResult(WaitAskedFor(outcome.Outcome.Result)),
        }).Build();
    }

    public RegistryOptions Options => _options;

    /// <summary>The answer to a GET of <paramref name="path"/>, its body not yet read: a success, or 404 for the caller to explain.</summary>
    public async Task<HttpResponseMessage> Get(RegistryEndpoint endpoint, string path, Action<HttpRequestMessage>? shape, CancellationToken ct)
    {
        try
        {
            var response = await _retry.ExecuteAsync(async token => await Send(endpoint, path, shape, token), ct);
            return response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound ? response : throw Refusal(response, endpoint);
        }
        catch (HttpRequestException e)
        {
            throw new UnreadableImageException($"the registry {endpoint.Host} cannot be reached ({e.HttpRequestError})", "check the name and the network; a registry without HTTPS must be named as such (--plain-http)", e);
        }
        catch (TimeoutException e)
        {
            throw new UnreadableImageException($"the registry {endpoint.Host} does not answer", "try again later", e);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _logins.Dispose();
    }

    async ValueTask<HttpResponseMessage> Send(RegistryEndpoint endpoint, string path, Action<HttpRequestMessage>? shape, CancellationToken ct)
    {
        var response = await SendOnce(endpoint, path, shape, _auth.Known(endpoint.Registry, endpoint.Repository), ct);
        // A host that the registry redirected to must not be able to ask for the registry's login.
        if (response.StatusCode != HttpStatusCode.Unauthorized || !IsFrom(response, endpoint.Address(path)) || Challenge.Of(response.Headers.WwwAuthenticate) is not { } challenge)
            return response;
        response.Dispose();
        var header = await _auth.Answer(challenge, endpoint.Address(path), endpoint.Registry, endpoint.Repository, ct);
        return await SendOnce(endpoint, path, shape, header, ct);
    }

    async Task<HttpResponseMessage> SendOnce(RegistryEndpoint endpoint, string path, Action<HttpRequestMessage>? shape, AuthenticationHeaderValue? authorization, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint.Address(path));
        // The handler drops this header when it follows a redirect.
        request.Headers.Authorization = authorization;
        shape?.Invoke(request);
        using var time = new CancellationTokenSource(_options.IdleTimeout, _options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        try
        {
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    static bool IsFrom(HttpResponseMessage response, Uri asked) =>
        response.RequestMessage?.RequestUri is { } answered && answered.Scheme == asked.Scheme && answered.Authority == asked.Authority;

    static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    // Retry-After in seconds or as a date (RFC 9110, 10.2.3); null: the usual growing wait.
    TimeSpan? WaitAskedFor(HttpResponseMessage? response)
    {
        var asked = response?.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - _options.Clock.GetUtcNow() : null;
        return asked is null ? null : TimeSpan.FromTicks(Math.Clamp(asked.Value.Ticks, 0, LongestWait.Ticks));
    }

    static UnreadableImageException Refusal(HttpResponseMessage response, RegistryEndpoint endpoint)
    {
        using (response)
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new($"the registry {endpoint.Host} does not let you read {endpoint.Repository}", $"check the name, or log in: docker login {endpoint.Registry}"),
                HttpStatusCode.TooManyRequests => new($"the registry {endpoint.Host} limits how often it may be asked", "try again later, or log in"),
                var status => new($"the registry {endpoint.Host} answers {(int)status}", "try again later"),
            };
    }
}
