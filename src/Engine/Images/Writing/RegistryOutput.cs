using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Pushes an image over the OCI Distribution API: its blobs, and its manifest at the end. Until then nobody finds it under its name.</summary>
internal sealed class RegistryOutput : IImageOutput
{
    readonly RegistryClient _client;
    readonly PushClient _registry;
    readonly RegistryPlace _blobs;
    readonly LayerWriter _layers;
    readonly string _tag;

    RegistryOutput(RegistryClient client, PushClient registry, string tag, Limits limits)
    {
        (_client, _registry, _tag) = (client, registry, tag);
        _blobs = new RegistryPlace(registry);
        _layers = new LayerWriter(_blobs, limits);
    }

    public Compression DefaultCompression => Compression.Gzip;

    public static async Task<RegistryOutput> Open(ImageName name, RegistryOptions options, Limits limits, CancellationToken ct)
    {
        if (name is not { Tag: { } tag, Digest: null })
            throw new UnwritableImageException("it has a digest, which nobody knows of an image that is yet to be written", "give a tag");
        var client = new RegistryClient(options, limits);
        try
        {
            return new RegistryOutput(client, await UnwritableImageException.InRegistry(() => Reached(client, name, ct)), tag, limits);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public Task<WrittenLayer> Write(LayerEncoding encoding, Func<Stream, CancellationToken, Task> write, CancellationToken ct) => _layers.Write(encoding, write, ct);

    public Task<WrittenLayer> Copy(LayerBlob layer, ImageName? from, CancellationToken ct) => _layers.Copy(layer, from, ct);

    public async Task<WrittenImage> Commit(ReadOnlyMemory<byte> config, IReadOnlyList<WrittenLayer> layers, ImageDescription description, CancellationToken ct)
    {
        var manifest = ManifestDocuments.Manifest(await _blobs.Put(config, ct), config.Length, layers, description.Annotations);
        var digest = Digest.Of(manifest);
        var answer = await _registry.Ask(RegistryRequest.Manifest(_tag) with
        {
            Method = HttpMethod.Put, Writes = true, Accept = [], Body = new RequestBody(manifest, ManifestDocuments.ManifestType),
        }, ct);
        answer.Expect(_registry.Endpoint, digest);
        return new WrittenImage(digest, manifest.Length);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    // A mirror is read, and never written. Of the two ways to a registry on this machine, the one that answers is taken.
    static async Task<PushClient> Reached(RegistryClient client, ImageName name, CancellationToken ct)
    {
        var direct = client.Options with { Mirrors = new Dictionary<string, IReadOnlyList<string>>() };
        List<PushClient> registries = [.. RegistryEndpoint.Of(name, direct).Select(endpoint => new PushClient(client, endpoint))];
        foreach (var registry in registries.SkipLast(1))
            try
            {
                await registry.Ask(RegistryRequest.Manifest(name.Reference) with { Method = HttpMethod.Head, Writes = true }, ct);
                return registry;
            }
            catch (UnwritableImageException)
            {
                // The next one tells what is wrong with it.
            }
        return registries[^1];
    }
}
