using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images;

/// <summary>An OCI image layout, in a directory or a tar (OCI image specification, image-layout.md).</summary>
internal sealed class OciLayout(IArchive archive, Limits limits) : IBlobSource
{
    public bool ByDigest => false;

    const string RefName = "org.opencontainers.image.ref.name";
    const string ContainerdName = "io.containerd.image.name";

    public static bool Is(IArchive archive) => archive.Find("index.json") is not null;

    public async Task<ImageSet> Find(Platform? platform, CancellationToken ct)
    {
        var bytes = await archive.Find("index.json")!.ReadDocument("index.json", limits, ct);
        var index = Documents.Read(bytes, Documents.Default.ManifestDocument, "index.json");
        if (index.Manifests is not { Count: > 0 } roots)
            throw new UnreadableImageException("index.json names no manifests", "the layout is empty");
        return await new OciImages(this, platform, limits).Find([.. roots.Where(root => root is not null)], NameOf, ct);
    }

    public async ValueTask<byte[]> ReadManifest(Digest digest, CancellationToken ct) => await Blob(digest).ReadDocument($"the blob {digest.Short}", limits, ct);

    public ValueTask<byte[]> ReadConfig(Digest digest, CancellationToken ct) => ReadManifest(digest, ct);

    public ValueTask<Stream> OpenLayer(Digest digest, CancellationToken ct) => ValueTask.FromResult(Blob(digest).Open());

    // Docker and containerd write the whole name into their own annotation. The standard one often holds a bare tag, which names no image.
    static string? NameOf(Descriptor root) => root.Annotations?.GetValueOrDefault(ContainerdName)
        ?? (root.Annotations?.GetValueOrDefault(RefName) is { } name && name.AsSpan().ContainsAny('/', ':') ? name : null);

    ArchiveMember Blob(Digest digest) => archive.Find($"blobs/{digest.Algorithm}/{digest.Hex}")
        ?? throw new UnreadableImageException($"the blob {digest} is not in the layout", "copy the image again, with all its platforms or with --platform for those that are there");
}
