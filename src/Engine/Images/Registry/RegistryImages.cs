using System.Net;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images.Registry;

/// <summary>Images in a registry, over the pull half of the OCI Distribution specification.</summary>
internal sealed class RegistryImages(RegistryClient client, Limits limits)
{
    /// <summary>The images that <paramref name="name"/> points at: one, or one for each platform of an index.</summary>
    /// <param name="at">The digest that the name was resolved to before; null: it is looked up.</param>
    public async Task<ImageSet> Find(ImageName name, Digest? at, Platform? platform, CancellationToken ct)
    {
        var asked = name with { Digest = at ?? name.Digest };
        var (endpoint, bytes) = await AtFirst(asked, async endpoint => (endpoint, await Manifest(endpoint, asked, ct)));
        var digest = asked.Digest ?? Digest.Of(bytes);
        var root = new Descriptor(null, digest.Value, bytes.Length, null, null, null);
        return await new OciImages(new RegistryBlobs(client, endpoint, (digest, bytes)), platform, limits).Find([root], _ => name.ToString(), ct);
    }

    /// <summary>The digest that <paramref name="name"/> points at now. The manifest is fetched only from registries that do not tell it otherwise.</summary>
    public async Task<Digest> Resolve(ImageName name, CancellationToken ct) => name.Digest ?? await AtFirst(name, async endpoint =>
    {
        var head = RegistryRequest.Manifest(name.Reference) with { Method = HttpMethod.Head };
        var told = await client.Ask(endpoint, head, (response, _) => Task.FromResult(Told(response)), ct);
        return told ?? Digest.Of(await Manifest(endpoint, name, ct));
    });

    /// <summary>The digest that <paramref name="name"/> points at now and the platforms behind it: without a further request where an index tells them.</summary>
    public async Task<(Digest Digest, IReadOnlyList<ResolvedPlatform> Platforms)> Describe(ImageName name, CancellationToken ct)
    {
        var (endpoint, bytes) = await AtFirst(name, async endpoint => (endpoint, await Manifest(endpoint, name, ct)));
        var digest = name.Digest ?? Digest.Of(bytes);
        var root = new Descriptor(null, digest.Value, bytes.Length, null, null, null);
        return (digest, await new OciImages(new RegistryBlobs(client, endpoint, (digest, bytes)), null, limits).Platforms(root, ct));
    }

    // The first place that has it serves it whole; what an earlier place said is told when none has it.
    async Task<T> AtFirst<T>(ImageName name, Func<RegistryEndpoint, Task<T>> ask)
    {
        UnreadableImageException? told = null;
        foreach (var endpoint in RegistryEndpoint.Of(name, client.Options))
            try
            {
                return await ask(endpoint);
            }
            catch (UnreadableImageException e)
            {
                // A mirror that has nothing says little of the image.
                told = told is null or { Kind: FailureKind.NotFound } || endpoint.PlainHttp ? e : told;
            }
        throw told!;
    }

    Task<byte[]> Manifest(RegistryEndpoint endpoint, ImageName name, CancellationToken ct) => client.Ask(endpoint, RegistryRequest.Manifest(name.Reference), async (response, token) =>
    {
        using (response)
        {
            if (response.StatusCode == HttpStatusCode.NotFound)
                throw new UnreadableImageException($"there is no image {name} in the registry", "check the name and the tag") { Kind = FailureKind.NotFound };
            var bytes = await client.Document(response, "the manifest", token);
            return Claimed(response) is { } claimed && !claimed.IsOf(bytes)
                ? throw new UnreadableImageException($"the manifest is not what the registry says it is: {claimed} is claimed, {Digest.Of(bytes)} came", "something between here and the registry changes what it sends")
                : bytes;
        }
    }, ct);

    // What a server that knows no HEAD says is nothing: it is asked again with GET.
    static Digest? Told(HttpResponseMessage response)
    {
        using (response)
            return response.IsSuccessStatusCode ? Claimed(response) : null;
    }

    static Digest? Claimed(HttpResponseMessage response) =>
        response.Headers.TryGetValues("Docker-Content-Digest", out var values) ? Digest.TryParse(values.FirstOrDefault()) : null;
}
