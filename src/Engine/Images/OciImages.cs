using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images;

/// <summary>
/// Walks from an index or a manifest to the images in it (OCI image specification, image-index.md and manifest.md). Every platform is an
/// image; an attestation is evidence about an image and never one itself.
/// </summary>
internal sealed class OciImages(IBlobSource blobs, Platform? platform, Limits limits)
{
    const string AttestedManifest = "vnd.docker.reference.digest";

    readonly List<FoundImage> _images = [];
    readonly List<Failure> _failures = [];
    readonly HashSet<(string?, string?)> _seen = [];
    readonly Dictionary<Digest, List<Digest>> _attestations = [];
    readonly SortedSet<string> _skipped = new(StringComparer.Ordinal);

    /// <summary>All images under <paramref name="roots"/>; <paramref name="nameOf"/> tells the name that a root has in its source.</summary>
    public async Task<ImageSet> Find(IReadOnlyList<Descriptor> roots, Func<Descriptor, string?> nameOf, CancellationToken ct)
    {
        foreach (var root in roots)
            await Visit(root, nameOf(root), 0, roots.Count == 1, ct);
        if (_images.Count == 0 && _failures.Count == 0 && platform is not null && _skipped.Count > 0)
            throw new UnreadableImageException($"there is no image for {platform}", $"it has {string.Join(", ", _skipped)}");
        return new ImageSet([.. _images.Select(image => image with { Attestations = AttestationsOf(image) })], _failures);
    }

    /// <summary>The platforms under <paramref name="root"/>. An index that tells them all is believed; else each image is asked.</summary>
    public async Task<IReadOnlyList<ResolvedPlatform>> Platforms(Descriptor root, CancellationToken ct)
    {
        if (await Manifest(root, null, isAllThatIsWanted: true, ct) is (_, { Manifests: { } children }) && Told(children) is { } told)
            return told;
        var found = await Find([root], _ => null, ct);
        return found.Images.Count > 0 || found.Failures is not [var failure, ..] ? [.. found.Images.Select(image => new ResolvedPlatform(image.Config.Platform, image.ManifestDigest!))]
            : throw new UnreadableImageException(failure.Reason, failure.Remedy) { Kind = failure.Kind };
    }

    List<ResolvedPlatform>? Told(IReadOnlyList<Descriptor> children)
    {
        var told = new List<ResolvedPlatform>();
        foreach (var child in children.Where(child => child is not null && !IsAttestation(child)))
            if (PlatformOf(child) is { } its && IsManifest(child.MediaType) && Digest.TryParse(child.Digest) is { } digest)
                told.Add(new ResolvedPlatform(its, digest));
            else
                return null;
        return told.Count <= limits.Layers ? told : null;
    }

    // An index in an index may stand for any number of platforms, whatever it says of itself.
    static bool IsManifest(string? mediaType) => mediaType is "application/vnd.oci.image.manifest.v1+json" or "application/vnd.docker.distribution.manifest.v2+json";

    async Task Visit(Descriptor descriptor, string? name, int nesting, bool isAllThatIsWanted, CancellationToken ct)
    {
        if (nesting > limits.IndexNesting)
            throw new UnreadableImageException($"indexes are nested more than {limits.IndexNesting} deep");
        if (IsAttestation(descriptor) || !IsWanted(PlatformOf(descriptor)) || !_seen.Add((descriptor.Digest, name)))
            return;
        if (_seen.Count > limits.Layers)
            throw new UnreadableImageException($"the index names more than {limits.Layers} manifests");

        if (await Manifest(descriptor, name, isAllThatIsWanted || IsAskedFor(descriptor), ct) is not (var digest, var manifest))
            return;
        if (manifest.Manifests is { } children)
            foreach (var child in children.Where(child => child is not null))
                await Visit(child, name, nesting + 1, false, ct);
        else
            await AddImage(digest, manifest, name, ct);
    }

    // One of several that cannot be read is a failure beside the others, unless nothing else is wanted.
    async Task<(Digest, ManifestDocument)?> Manifest(Descriptor descriptor, string? name, bool isAllThatIsWanted, CancellationToken ct)
    {
        try
        {
            var digest = DigestOf(descriptor);
            return (digest, Documents.Read(Verified(digest, await blobs.ReadManifest(digest, ct)), Documents.Default.ManifestDocument, $"the manifest {digest.Short}"));
        }
        catch (UnreadableImageException e) when (!isAllThatIsWanted)
        {
            var which = PlatformOf(descriptor) is { } its ? $"{its}, {descriptor.Digest}" : $"{descriptor.Digest}";
            _failures.Add(e.FailureOf(name is null ? which : $"{name} ({which})"));
            return null;
        }
    }

    // Where a platform is asked for, the other platforms have been passed over already.
    bool IsAskedFor(Descriptor descriptor) => platform is not null && PlatformOf(descriptor) is not null;

    async Task AddImage(Digest digest, ManifestDocument manifest, string? name, CancellationToken ct)
    {
        try
        {
            if (manifest.SchemaVersion == 1)
                throw new UnreadableImageException("the manifest has Docker's schema 1, which no engine writes since 2017", "pull and push it with a current engine");
            if (manifest.Config is null || manifest.Layers is null)
                throw new UnreadableImageException("the manifest has no config and layers");
            if (IsOtherKind(manifest) is { } kind)
                throw new UnreadableImageException($"it holds {kind}, not a container image");
            var configDigest = DigestOf(manifest.Config);
            var bytes = Verified(configDigest, await blobs.ReadConfig(configDigest, ct));
            var config = ImageConfigReader.Read(bytes);
            if (!IsWanted(config.Platform))
                return;
            if (config.DiffIds.Count != manifest.Layers.Count)
                throw new UnreadableImageException($"the manifest has {manifest.Layers.Count} layers and the config {config.DiffIds.Count} diff ids");
            _images.Add(new FoundImage(name is null ? [] : [name], digest, configDigest, config, [.. manifest.Layers.Zip(config.DiffIds, Layer)], [])
            {
                ConfigBytes = bytes, Annotations = manifest.Annotations,
            });
        }
        catch (UnreadableImageException e)
        {
            _failures.Add(e.FailureOf(name is null ? digest.Value : $"{name} ({digest.Short})"));
        }
    }

    LayerBlob Layer(Descriptor layer, Digest diffId)
    {
        var digest = DigestOf(layer);
        if (layer.MediaType?.EndsWith("+encrypted", StringComparison.Ordinal) == true)
            throw new UnreadableImageException($"the layer {digest.Short} is encrypted", "decrypt the image first");
        return new LayerBlob(digest, diffId, layer.Size, ct => blobs.OpenLayer(digest, ct), blobs.ByDigest);
    }

    static byte[] Verified(Digest digest, byte[] bytes) =>
        digest.IsOf(bytes) ? bytes : throw new UnreadableImageException($"the blob {digest} has other content than its digest says", "make or copy the image again");

    // The digests of attestations are kept by the image that they speak of.
    bool IsAttestation(Descriptor descriptor)
    {
        if (PlatformOf(descriptor) is not { IsUnknown: true })
            return false;
        if (Digest.TryParse(descriptor.Digest) is { } digest && Digest.TryParse(descriptor.Annotations?.GetValueOrDefault(AttestedManifest)) is { } subject)
            (_attestations.TryGetValue(subject, out var known) ? known : _attestations[subject] = []).Add(digest);
        return true;
    }

    List<Digest> AttestationsOf(FoundImage image) =>
        image.ManifestDigest is { } digest && _attestations.TryGetValue(digest, out var found) ? [.. found.Distinct()] : [];

    bool IsWanted(Platform? found)
    {
        if (platform is null || found is null || found.Answers(platform))
            return true;
        _skipped.Add(found.ToString());
        return false;
    }

    static Platform? PlatformOf(Descriptor descriptor) =>
        descriptor.Platform is { } p && Platform.TryParse($"{p.Os}/{p.Architecture}{(string.IsNullOrEmpty(p.Variant) ? "" : "/" + p.Variant)}", null, out var platform) ? platform : null;

    // Helm charts, signatures and other content use a config type of their own (manifest.md, "Guidelines for Artifact Usage").
    static string? IsOtherKind(ManifestDocument manifest) =>
        manifest.Config!.MediaType is null or "" or "application/vnd.oci.image.config.v1+json" or "application/vnd.docker.container.image.v1+json" or "application/octet-stream"
            ? null : manifest.ArtifactType ?? manifest.Config.MediaType;

    static Digest DigestOf(Descriptor descriptor) =>
        Digest.TryParse(descriptor.Digest) ?? throw new UnreadableImageException($"the digest '{descriptor.Digest}' is none that can be verified (sha256 or sha512)");
}
