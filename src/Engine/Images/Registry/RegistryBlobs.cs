using System.Net;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>The blobs of one repository.</summary>
/// <param name="root">The manifest that led here, which need not be fetched again.</param>
internal sealed class RegistryBlobs(RegistryClient client, RegistryEndpoint endpoint, (Digest Digest, byte[] Bytes) root) : IBlobSource
{
    public bool ByDigest => true;

    public async ValueTask<byte[]> ReadManifest(Digest digest, CancellationToken ct) =>
        digest == root.Digest ? root.Bytes : await Document(RegistryRequest.Manifest(digest.Value), "manifest", digest, ct);

    public async ValueTask<byte[]> ReadConfig(Digest digest, CancellationToken ct) => await Document(RegistryRequest.Blob(digest), "config", digest, ct);

    public async ValueTask<Stream> OpenLayer(Digest digest, CancellationToken ct) =>
        new ResumingStream(await From(digest, 0, ct), (position, token) => From(digest, position, token), client.Options);

    Task<byte[]> Document(RegistryRequest request, string what, Digest digest, CancellationToken ct) => client.Ask(endpoint, request, async (response, token) =>
    {
        using (response)
            return response.StatusCode == HttpStatusCode.NotFound ? throw Missing(what, digest) : await client.Document(response, $"the {what} {digest.Short}", token);
    }, ct);

    // A server that knows no ranges sends everything again; so does one that is asked to, because it sent a range that is not the one asked for.
    async Task<Download> From(Digest digest, long position, CancellationToken ct)
    {
        Task<Download?> Ask(long from) => client.Ask(endpoint, RegistryRequest.Blob(digest, from), (response, token) => Open(response, digest, position, token), ct);
        return await Ask(position) ?? await Ask(0)
            ?? throw new UnreadableImageException($"the registry {endpoint.Host} sends another range of the layer than was asked for", "pull through another mirror, or tell who runs the registry");
    }

    async Task<Download?> Open(HttpResponseMessage response, Digest digest, long position, CancellationToken ct)
    {
        if (response.StatusCode != HttpStatusCode.NotFound && StartOf(response) is { } start && start <= position)
            return new Download(await response.Content.ReadAsStreamAsync(ct), start);
        using (response)
            return response.StatusCode == HttpStatusCode.NotFound ? throw Missing("layer", digest) : null;
    }

    // Of a range that does not reach the end of the blob, or says nothing that fits, no byte can be placed.
    static long? StartOf(HttpResponseMessage response) => response.StatusCode switch
    {
        HttpStatusCode.RequestedRangeNotSatisfiable => null,
        HttpStatusCode.PartialContent => response.Content.Headers is { ContentRange: { Unit: "bytes", From: { } from, To: { } to } range } headers
            && (range.Length ?? to + 1) == to + 1 && (headers.ContentLength ?? to + 1 - from) == to + 1 - from ? from : null,
        _ => 0,
    };

    UnreadableImageException Missing(string what, Digest digest) => new($"the registry {endpoint.Host} has no {what} {digest}", "push the image again") { Kind = FailureKind.NotFound };
}

/// <summary>Bytes of a blob from some byte of it on.</summary>
internal sealed record Download(Stream Bytes, long Start);
