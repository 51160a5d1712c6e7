using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>One request and its answer, within the idle limit. What goes wrong becomes an error that names the server and tells what may pass.</summary>
/// <param name="role">What the servers are, for the errors.</param>
internal sealed class Transport(HttpMessageHandler handler, string role, RegistryOptions options) : IDisposable
{
    const string WhenUnreachable = "check the name and the network; a registry without HTTPS must be named as such (--plain-http)";
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    readonly HttpClient _http = new(handler)
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("plimsoll", "1") } },
    };

    /// <summary>The answer, its body not yet read.</summary>
    public async Task<HttpResponseMessage> Send(HttpRequestMessage request, CancellationToken ct)
    {
        try
        {
            var response = await options.InTime((token, moved) => Send(request, moved, token), ct);
            return IsPassing(response.StatusCode) ? throw Fault(response, Server(request)) : response;
        }
        catch (TimeoutException e)
        {
            throw new PassingFaultException($"{Server(request)} does not answer", cause: e);
        }
        catch (HttpRequestException e) when (e.InnerException is UnreadableImageException refusal)
        {
            throw refusal;
        }
        catch (HttpRequestException e)
        {
            var reason = $"{Server(request)} cannot be reached ({e.HttpRequestError})";
            throw e.HttpRequestError is HttpRequestError.SecureConnectionError or HttpRequestError.NameResolutionError
                ? new UnreadableImageException(reason, WhenUnreachable, e) { Kind = FailureKind.Unavailable } : new PassingFaultException(reason, WhenUnreachable, cause: e);
        }
    }

    /// <summary>The whole body of an answer.</summary>
    public async Task<byte[]> Read(HttpResponseMessage response, int limit, string what, CancellationToken ct)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(ct);
            return await Bounded.Read((buffer, token) => options.InTime(inTime => stream.ReadAsync(buffer, inTime), token), limit, what, ct);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or TimeoutException)
        {
            var server = Server(response.RequestMessage!);
            throw new PassingFaultException(e is TimeoutException ? $"{server} fell silent in the middle of {what}" : $"the connection to {server} broke in the middle of {what}", cause: e);
        }
    }

    public void Dispose() => _http.Dispose();

    ValueTask<HttpResponseMessage> Send(HttpRequestMessage request, Action moved, CancellationToken ct)
    {
        if (request.Content is SteadyContent body)
            body.Sent = moved;
        return new ValueTask<HttpResponseMessage>(_http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct));
    }

    // After redirects, the server that was reached in the end.
    string Server(HttpRequestMessage request) => $"the {role} {request.RequestUri!.Authority}";

    static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests
        or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    PassingFaultException Fault(HttpResponseMessage response, string server)
    {
        using (response)
            return new PassingFaultException(
                response.StatusCode == HttpStatusCode.TooManyRequests ? $"{server} limits how often it may be asked" : $"{server} answers {(int)response.StatusCode}", wait: WaitAskedFor(response));
    }

    // Retry-After in seconds or as a date (RFC 9110, 10.2.3); null: the usual growing wait.
    TimeSpan? WaitAskedFor(HttpResponseMessage response)
    {
        var asked = response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - options.Clock.GetUtcNow() : null;
        return asked is null ? null : TimeSpan.FromTicks(Math.Clamp(asked.Value.Ticks, 0, LongestWait.Ticks));
    }
}
