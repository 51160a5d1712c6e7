using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Plimsoll.Client.Inspections;
using Polly;
using Polly.Retry;

namespace Plimsoll.Client.Http;

/// <summary>Makes requests, again where a fault may pass, and turns every failure into a <see cref="PlimsollException"/>.</summary>
internal sealed class Transport : IDisposable
{
    static readonly string Product = $"plimsoll/{typeof(Transport).Assembly.GetName().Version?.ToString(3)}";

    readonly PlimsollClientOptions _options;
    readonly HttpClient _http;
    readonly ResiliencePipeline _retry;

    public Transport(PlimsollClientOptions options)
    {
        _options = options;
        // A redirect could lead the token and the upload to another host: the caller shall know of it.
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        };
        _http = new HttpClient(handler) { BaseAddress = Folder(options.Server), Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(Product);
        if (options.Token is { } token)
            _http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        _retry = Retry(options);
    }

    /// <summary>What <paramref name="read"/> makes of a successful answer. When the connection breaks under it, the request is made again.</summary>
    /// <exception cref="PlimsollException">The service refused, or did not answer.</exception>
    public async Task<T> Ask<T>(ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct) => request.MayRepeat
        ? await _retry.ExecuteAsync(async token => await Once(request, read, token), ct)
        : await Once(request, read, ct);

    public Task<T> Ask<T>(ApiRequest request, JsonTypeInfo<T> type, CancellationToken ct) => Ask(request, (response, token) => Json(response, type, token), ct);

    public Task<T> Get<T>(string path, JsonTypeInfo<T> type, CancellationToken ct) => Ask(new ApiRequest(HttpMethod.Get, path), type, ct);

    public Task<bool> Send(ApiRequest request, CancellationToken ct) => Ask(request, (_, _) => Task.FromResult(true), ct);

    /// <summary>All items of a list, page by page.</summary>
    public async IAsyncEnumerable<T> All<T>(string path, JsonTypeInfo<Page<T>> type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        string? cursor = null;
        do
        {
            var page = await Get(cursor is null ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={Uri.EscapeDataString(cursor)}", type, ct);
            foreach (var item in page.Items)
                yield return item;
            cursor = page.Next;
        }
        while (cursor is not null);
    }

    public void Dispose() => _http.Dispose();

    async Task<T> Once<T>(ApiRequest request, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken ct)
    {
        using var message = request.ToMessage();
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(ct);
        silence.CancelAfter(_options.Silence);
        var upload = message.Content as ArchiveContent;
        upload?.WhenSome = () => silence.CancelAfter(_options.Silence);
        try
        {
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            return response.IsSuccessStatusCode ? await read(response, silence.Token) : throw await Refusal.Of(response, _options.Clock, silence.Token);
        }
        catch (Exception) when (upload?.Unreadable is { } unreadable)
        {
            throw unreadable;
        }
        catch (JsonException e)
        {
            throw new PlimsollException(200, null, "The answer is not one of Plimsoll's", "check the address", cause: e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw PlimsollException.NoAnswer(e);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw PlimsollException.NoAnswer(new TimeoutException($"nothing was heard for {_options.Silence.TotalSeconds:0} s"));
        }
    }

    static async Task<T> Json<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        return await JsonSerializer.DeserializeAsync(body, type, ct) ?? throw new JsonException("it is null");
    }

    static ResiliencePipeline Retry(PlimsollClientOptions options) => options.Attempts <= 1 ? ResiliencePipeline.Empty
        : new ResiliencePipelineBuilder { TimeProvider = options.Clock }.AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = options.Attempts - 1,
            BackoffType = DelayBackoffType.Exponential,
            Delay = TimeSpan.FromMilliseconds(500),
            MaxDelay = options.LongestWait,
            UseJitter = true,
            ShouldHandle = new PredicateBuilder().Handle<PlimsollException>(e => e.IsPassing && !(e.RetryAfter > options.LongestWait)),
            DelayGenerator = outcome => ValueTask.FromResult((outcome.Outcome.Exception as PlimsollException)?.RetryAfter),
        }).Build();

    // Relative paths go below the address, whether or not it ends with a slash.
    static Uri Folder(Uri server) => server.AbsolutePath.EndsWith('/') ? server : new Uri(server.AbsoluteUri + '/');
}
