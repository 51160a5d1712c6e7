using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>Writes an OCI layout (OCI image specification, image-layout.md); one for docker also has <c>manifest.json</c>, like those of docker save since version 25.</summary>
internal sealed class LayoutOutput(ILayoutPlace place, bool forDocker, Limits limits) : IImageOutput
{
    readonly LayerWriter _layers = new(place, limits);

    public Compression DefaultCompression => forDocker ? Compression.None : Compression.Gzip;

    public Task<WrittenLayer> Write(LayerEncoding encoding, Func<Stream, CancellationToken, Task> write, CancellationToken ct) => _layers.Write(encoding, write, ct);

    public Task<WrittenLayer> Copy(LayerBlob layer, ImageName? from, CancellationToken ct) => _layers.Copy(layer, from, ct);

    public async Task<WrittenImage> Commit(ReadOnlyMemory<byte> config, IReadOnlyList<WrittenLayer> layers, ImageDescription description, CancellationToken ct)
    {
        var configDigest = await place.Put(config, ct);
        var manifest = ManifestDocuments.Manifest(configDigest, config.Length, layers, description.Annotations);
        var digest = await place.Put(manifest, ct);
        var names = ImageNames.In(description.Names);
        if (forDocker)
            place.Add("manifest.json", ManifestDocuments.ArchiveManifest(configDigest, layers, names));
        place.Add("oci-layout", ManifestDocuments.Layout.ToArray());
        // The last: without it, nobody takes the rest for an image.
        place.Add("index.json", ManifestDocuments.Index(digest, manifest.Length, description.Platform, names));
        await place.Commit(ct);
        return new WrittenImage(digest, manifest.Length);
    }

    public ValueTask DisposeAsync() => place.DisposeAsync();
}
