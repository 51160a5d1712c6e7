using k8s;

namespace Plimsoll.Operator.Cluster;

/// <summary>The library's client, and the one thing it keeps to itself: an answer whose body is read as it comes.</summary>
internal sealed class ApiServer(KubernetesClientConfiguration configuration, params DelegatingHandler[] handlers) : Kubernetes(configuration, handlers)
{
    /// <summary>Returns when the headers are there. The library's own watch waits for the first event, which may be minutes away.</summary>
    /// <exception cref="k8s.Autorest.HttpOperationException">The server refused.</exception>
    public Task<HttpResponseMessage> Open(string path, CancellationToken ct) => SendRequest<object>(path, HttpMethod.Get, null!, null!, ct);
}
