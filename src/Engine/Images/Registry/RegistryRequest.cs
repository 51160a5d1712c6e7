using System.Net;
using System.Net.Http.Headers;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>What is asked of a repository (OCI Distribution specification, "Pull" and "Push").</summary>
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

    /// <summary>The address that the registry named for it; null: that of the path.</summary>
    public Uri? At { get; init; }

    /// <summary>What is sent.</summary>
    public RequestBody? Body { get; init; }

    /// <summary>Whether it is a part of writing the repository. Whoever asks makes something of every answer but a missing right.</summary>
    public bool Writes { get; init; }

    /// <summary>The repository that a blob is mounted from.</summary>
    public string? MountsFrom { get; init; }

    public static RegistryRequest Manifest(string reference) => new($"manifests/{reference}") { Accept = ManifestTypes };

    public static RegistryRequest Blob(Digest digest, long from = 0) => new($"blobs/{digest}") { From = from };

    /// <summary>Whether whoever asks can make something of an answer with this status.</summary>
    public bool Takes(HttpStatusCode status) => Writes ? status is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        : (int)status is >= 200 and < 300 || status == HttpStatusCode.NotFound
        || status is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotImplemented && Method == HttpMethod.Head
        || status == HttpStatusCode.RequestedRangeNotSatisfiable && From > 0;

    public Uri AddressAt(RegistryEndpoint endpoint) => At ?? endpoint.Address(Path);

    public RegistryScope ScopeIn(string repository) => new(repository, Writes, MountsFrom);

    public HttpRequestMessage To(RegistryEndpoint endpoint, AuthenticationHeaderValue? authorization)
    {
        var message = new HttpRequestMessage(Method, AddressAt(endpoint)) { Content = Body?.Content() };
        message.Headers.Authorization = authorization;
        message.Headers.Range = From > 0 ? new RangeHeaderValue(From, null) : null;
        // A registry that takes no such body, or no more from this login, says so before it is sent.
        message.Headers.ExpectContinue = Body is { IsLong: true } ? true : null;
        foreach (var type in Accept)
            message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return message;
    }
}
