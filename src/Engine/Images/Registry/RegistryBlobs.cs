using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>The blobs of one repository.</summary>
internal sealed class RegistryBlobs(RegistryClient client, RegistryEndpoint endpoint, Limits limits) : IBlobSource
{
    public bool ByDigest => true;

    public async ValueTask<byte[]> ReadDocument(Digest digest, string? mediaType, CancellationToken ct)
    {
        // A manifest is served as such; a config is a blob.
        var isManifest = mediaType is not null && RegistryImages.ManifestTypes.Contains(mediaType);
        using var response = await client.Get(endpoint, $"{(isManifest ? "manifests" : "blobs")}/{digest}", request => Accept(request, isManifest ? mediaType : null), ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw Missing(digest);
        return await Bounded.Read(response.Content, limits.DocumentBytes, $"the blob {digest.Short}", ct);
    }

    public async ValueTask<Stream> OpenLayer(Digest digest, CancellationToken ct) =>
        new ResumingStream(await From(digest, 0, ct), (position, token) => From(digest, position, token), client.Options);

    // A server that knows no ranges sends everything again, and the known part is read past.
    async Task<Stream> From(Digest digest, long position, CancellationToken ct)
    {
        var response = await client.Get(endpoint, $"blobs/{digest}", request => request.Headers.Range = position > 0 ? new RangeHeaderValue(position, null) : null, ct);
        if (response.StatusCode == HttpStatusCode.NotFound)
            throw Missing(digest);
        var stream = await response.Content.ReadAsStreamAsync(ct);
        if (response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == position)
            return stream;
        var buffer = new byte[1 << 16];
        for (var left = position; left > 0;)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), ct);
            left -= read > 0 ? read : throw new UnreadableImageException($"the registry {endpoint.Host} sends less of the layer {digest.Short} the second time");
        }
        return stream;
    }

    UnreadableImageException Missing(Digest digest) => new($"the registry {endpoint.Host} has no blob {digest}", "push the image again");

    static void Accept(HttpRequestMessage request, string? mediaType)
    {
        if (mediaType is not null)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(mediaType));
    }
}
