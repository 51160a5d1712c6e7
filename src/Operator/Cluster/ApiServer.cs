using k8s;

namespace Plimsoll.Operator.Cluster;

/// <summary>
/// The library's client, with two things mended. It reads the body of an answer while a thread stands and waits, and hears of no cancellation meanwhile: a server that stops in the
/// middle of an answer would stop a worker, or the renewal of the lease, for good. And its own watch waits for the first event, which may be minutes away.
/// </summary>
internal sealed class ApiServer(KubernetesClientConfiguration configuration, params DelegatingHandler[] handlers) : Kubernetes(configuration, handlers)
{
    /// <summary>In bytes. What an API server stores of one object is a tenth of it.</summary>
    const int LongestAnswer = 16 << 20;

    /// <summary>Returns when the headers are there. Who asked reads the body, with a token.</summary>
    /// <exception cref="k8s.Autorest.HttpOperationException">The server refused.</exception>
    public Task<HttpResponseMessage> Open(string path, CancellationToken ct) => base.SendRequest<object>(path, HttpMethod.Get, null!, null!, ct);

    /// <summary>Every other request goes through here: the answer is there whole when the library reads it.</summary>
    protected override async Task<HttpResponseMessage> SendRequest<T>(string relativeUri, HttpMethod method, IReadOnlyDictionary<string, IReadOnlyList<string>> customHeaders, T body, CancellationToken cancellationToken)
    {
        var response = await base.SendRequest(relativeUri, method, customHeaders, body, cancellationToken);
        try
        {
            await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken);
            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }
}
