using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images;

/// <summary>
/// What <c>docker save</c> and its likes write: <c>manifest.json</c>, a config and layer tars under names of the writer's choice
/// (moby/image/spec v1.2, "Combined Image JSON + Filesystem Changeset Format").
/// </summary>
internal sealed class DockerArchive(IArchive archive, Limits limits)
{
    public static bool Is(IArchive archive) => archive.Find("manifest.json") is not null;

    public async Task<ImageSet> Find(Platform? platform, CancellationToken ct)
    {
        var bytes = await archive.Find("manifest.json")!.ReadDocument("manifest.json", limits, ct);
        var manifests = Documents.Read(bytes, Documents.Default.ArchiveManifestArray, "manifest.json");
        if (manifests.Length == 0 || manifests.Length > limits.Layers)
            throw new UnreadableImageException($"manifest.json names {manifests.Length} images; 1 to {limits.Layers} can be read");

        var images = new List<FoundImage>();
        var failures = new List<Failure>();
        var skipped = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var manifest in manifests)
            try
            {
                var image = await Image(manifest, ct);
                if (platform is null || image.Config.Platform.Answers(platform))
                    images.Add(image);
                else
                    skipped.Add(image.Config.Platform.ToString());
            }
            catch (UnreadableImageException e)
            {
                failures.Add(e.FailureOf(NameOf(manifest)));
            }
        if (images.Count == 0 && failures.Count == 0)
            throw new UnreadableImageException($"there is no image for {platform}", $"it has {string.Join(", ", skipped)}");
        return new ImageSet(images, failures);
    }

    static string NameOf(ArchiveManifest? manifest) =>
        manifest?.RepoTags is [{ } tag, ..] ? tag : manifest?.Config ?? "an image without a name";

    async Task<FoundImage> Image(ArchiveManifest? manifest, CancellationToken ct)
    {
        if (manifest is not { Config: { } configPath, Layers: { } layers })
            throw new UnreadableImageException("manifest.json has an image without a config or layers");
        var bytes = await Member(configPath).ReadDocument($"the config '{configPath}'", limits, ct);
        var digest = Digest.Of(bytes);
        if (DigestIn(configPath) is { } named && named != digest)
            throw new UnreadableImageException($"the config '{configPath}' has the digest {digest}", "the archive is corrupt or was tampered with: make or copy it again");
        var config = ImageConfigReader.Read(bytes);
        if (config.DiffIds.Count != layers.Count)
            throw new UnreadableImageException($"manifest.json has {layers.Count} layers and the config {config.DiffIds.Count} diff ids");
        if (layers.Count > limits.Layers)
            throw new UnreadableImageException($"the image has {layers.Count} layers; the limit is {limits.Layers}");
        return new FoundImage([.. manifest.RepoTags ?? []], null, digest, config, [.. layers.Zip(config.DiffIds, Layer)], []) { ConfigBytes = bytes };
    }

    LayerBlob Layer(string path, Digest diffId)
    {
        var member = Member(path);
        return new LayerBlob(path.StartsWith("blobs/", StringComparison.Ordinal) ? DigestIn(path) : null, diffId, member.Length, _ => ValueTask.FromResult(member.Open()));
    }

    ArchiveMember Member(string? path) =>
        archive.Find(path ?? "") ?? throw new UnreadableImageException($"'{path}' is not in the archive", "the archive is incomplete: make or copy it again");

    // "<hex>.json", "sha256:<hex>" and "blobs/sha256/<hex>" all name the digest of their content.
    static Digest? DigestIn(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        name = name.EndsWith(".json", StringComparison.Ordinal) ? name[..^5] : name;
        return Digest.TryParse(name.StartsWith("sha256:", StringComparison.Ordinal) ? name : "sha256:" + name);
    }
}
