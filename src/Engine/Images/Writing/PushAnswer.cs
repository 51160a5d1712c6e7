using System.Globalization;
using System.Net;
using System.Text.Json;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>What a registry answers to a part of a push (OCI Distribution specification, "Push").</summary>
/// <param name="Location">Where an upload goes on.</param>
/// <param name="Received">Bytes of the upload that the registry has; null when it does not say.</param>
/// <param name="Digest">What it calls what it was sent.</param>
/// <param name="Said">Its own words for an error.</param>
internal sealed record PushAnswer(HttpStatusCode Status, Uri? Location, long? Received, Digest? Digest, string? Said)
{
    const int LongestWords = 200;

    public long? LeastChunk { get; init; }

    /// <summary>Bytes of what was asked for.</summary>
    public long? Length { get; init; }

    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>Whether the registry knows the upload no longer, or not where it stands.</summary>
    public bool IsLost => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.RequestedRangeNotSatisfiable;

    public static async Task<PushAnswer> Read(HttpResponseMessage response, RegistryEndpoint endpoint, RegistryClient client, CancellationToken ct)
    {
        using (response)
        {
            var said = (int)response.StatusCode is >= 400 && response.RequestMessage?.Method != HttpMethod.Head ? Words(await client.Document(response, "an error", ct)) : null;
            return new PushAnswer(response.StatusCode, LocationIn(response, endpoint), ReceivedIn(response), Images.Digest.TryParse(Header(response, "Docker-Content-Digest")), said)
            {
                LeastChunk = long.TryParse(Header(response, "OCI-Chunk-Min-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out var least) ? least : null,
                Length = response.Content.Headers.ContentLength,
            };
        }
    }

    /// <summary>The answer, when it is good and has the digest of what was sent.</summary>
    public PushAnswer Expect(RegistryEndpoint endpoint, Digest? digest = null) => !IsGood ? throw Refusal(endpoint)
        : digest is not null && Digest is { Algorithm: "sha256" } told && told != digest
            ? throw new UnwritableImageException($"the registry {endpoint.Host} has {told} in place of {digest}, which it was sent", "something between here and the registry changes what is sent")
            : this;

    public UnwritableImageException Refusal(RegistryEndpoint endpoint)
    {
        var server = $"the registry {endpoint.Host}";
        return Status switch
        {
            HttpStatusCode.RequestEntityTooLarge => new($"{server}, or a proxy in front of it, takes no request this large", "raise its limit (client_max_body_size in nginx)"),
            HttpStatusCode.NotFound => new($"{server} has no repository {endpoint.Repository}{Said}", $"make it there first, or log in: docker login {endpoint.Registry}") { Kind = FailureKind.NotFound },
            HttpStatusCode.MethodNotAllowed => new($"{server} takes no images{Said}", "it may be a mirror or read-only: push to another") { Kind = FailureKind.NoAccess },
            _ => new($"{server} answers {(int)Status}{Said}", "see to what it says, or try again later") { Kind = FailureKind.Unavailable },
        };
    }

    static Uri? LocationIn(HttpResponseMessage response, RegistryEndpoint endpoint)
    {
        if (response.Headers.Location is not { } location || response.StatusCode is not (HttpStatusCode.Accepted or HttpStatusCode.NoContent))
            return null;
        if (Uri.TryCreate(response.RequestMessage!.RequestUri, location, out var to)
            && (to.Scheme == Uri.UriSchemeHttps || to.Scheme == Uri.UriSchemeHttp && Redirects.IsSameOrigin(to, endpoint.Root)))
            return to;
        throw new UnwritableImageException(
            $"the registry {endpoint.Host} has the upload go on at an address that is not safe", "it must be HTTPS, or the registry itself: tell its proxy to pass X-Forwarded-Proto on");
    }

    // "0-99" is a hundred bytes. Of "0-0" nobody knows whether it is one or none.
    static long? ReceivedIn(HttpResponseMessage response) =>
        Header(response, "Range")?.Replace("bytes=", "", StringComparison.Ordinal).Split('-') is ["0", var last]
        && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && end < long.MaxValue ? end + 1 : null;

    static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // Its words end up on a terminal, on one line.
    static string? Words(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var words = json.RootElement.GetProperty("errors")[0].GetProperty("message").GetString() ?? "";
            var plain = string.Concat(words.Where(c => c is >= ' ' and <= '~').Take(LongestWords)).Trim();
            return plain == "" ? null : $" ({plain})";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }
}
