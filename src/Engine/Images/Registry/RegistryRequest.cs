using System.Net;
using System.Net.Http.Headers;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>What is asked of a repository (OCI Distribution specification, "Pull").</summary>
/// <param name="Path">Below the repository.</param>
internal sealed record RegistryRequest(string Path)
{
    static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public IReadOnlyList<string> Accept { get; init; } = [];

    /// <summary>The first byte that is wanted.</summary>
    public long From { get; init; }

    public static RegistryRequest Manifest(string reference) => new($"manifests/{reference}") { Accept = ManifestTypes };

    public static RegistryRequest Blob(Digest digest, long from = 0) => new($"blobs/{digest}") { From = from };

    /// <summary>Whether whoever asks can make something of an answer with this status.</summary>
    public bool Takes(HttpStatusCode status) => (int)status is >= 200 and < 300 || status == HttpStatusCode.NotFound
        || status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented && Method == HttpMethod.Head
        || status == HttpStatusCode.RequestedRangeNotSatisfiable && From > 0;

    public HttpRequestMessage To(RegistryEndpoint endpoint, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(Method, endpoint.Address(Path));
        message.Headers.Authorization = authorization;
        message.Headers.Range = From > 0 ? new RangeHeaderValue(From, null) : null;
        foreach (var type in Accept)
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return message;
    }
}
