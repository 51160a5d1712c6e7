using System.Net;
using System.Net.Http.Headers;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Images in a registry, over the pull half of the OCI Distribution specification.</summary>
internal sealed class RegistryImages(RegistryClient client, Limits limits)
{
    internal static readonly string[] ManifestTypes =
    [
        "application/vnd.oci.image.index.v1+json", "application/vnd.oci.image.manifest.v1+json",
        "application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.docker.distribution.manifest.v2+json",
    ];

    /// <summary>The images that <paramref name="name"/> points at: one, or one for each platform of an index.</summary>
    public async Task<ImageSet> Find(ImageName name, Platform? platform, CancellationToken ct)
    {
        var (endpoint, bytes, mediaType) = await Manifest(name, ct);
        var root = new Descriptor(mediaType, (name.Digest ?? Digest.Of(bytes)).Value, bytes.Length, null, null, null);
        return await new OciImages(new RegistryBlobs(client, endpoint, limits), platform, limits).Find([root], _ => name.ToString(), ct);
    }

    /// <summary>The digest that <paramref name="name"/> points at now.</summary>
    public async Task<Digest> Resolve(ImageName name, CancellationToken ct) => name.Digest ?? Digest.Of((await Manifest(name, ct)).Bytes);

    // The first place that has it serves it whole; what an earlier place said is told when none has it.
    async Task<(RegistryEndpoint Endpoint, byte[] Bytes, string? MediaType)> Manifest(ImageName name, CancellationToken ct)
    {
        UnreadableImageException? first = null;
        foreach (var endpoint in RegistryEndpoint.Of(name, client.Options))
            try
            {
                using var response = await client.Get(endpoint, $"manifests/{name.Reference}", Accept, ct);
                if (response.StatusCode == HttpStatusCode.NotFound)
                    throw new UnreadableImageException($"there is no image {name} in the registry", "check the name and the tag");
                var bytes = await Bounded.Read(response.Content, limits.DocumentBytes, "the manifest", ct);
                Verify(response, bytes);
                return (endpoint, bytes, response.Content.Headers.ContentType?.MediaType);
            }
            catch (UnreadableImageException e)
            {
                first = endpoint.PlainHttp && first is not null ? e : first ?? e;
            }
        throw first!;
    }

    static void Verify(HttpResponseMessage response, byte[] bytes)
    {
        if (response.Headers.TryGetValues("Docker-Content-Digest", out var values) && Digest.TryParse(values.FirstOrDefault()) is { } claimed && !claimed.IsOf(bytes))
            throw new UnreadableImageException($"the manifest is not what the registry says it is: {claimed} is claimed, {Digest.Of(bytes)} came", "something between here and the registry changes what it sends");
    }

    static void Accept(HttpRequestMessage request)
    {
        foreach (var type in ManifestTypes)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
    }
}
