using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Images;

/// <summary>An image in a source, its layers not yet read.</summary>
/// <param name="References">The names that it has in its source.</param>
/// <param name="Attestations">Digests of the attestation manifests that refer to it.</param>
internal sealed record FoundImage(
    IReadOnlyList<string> References,
    Digest? ManifestDigest,
    Digest ConfigDigest,
    ImageConfig Config,
    IReadOnlyList<LayerBlob> Layers,
    IReadOnlyList<Digest> Attestations);

/// <summary>A layer that can be read.</summary>
/// <param name="Digest">Of the stored blob; null where the source does not say.</param>
/// <param name="DiffId">Of the uncompressed tar, as the config claims it.</param>
/// <param name="Size">Bytes of the stored blob; null where the source does not say.</param>
internal sealed record LayerBlob(Digest? Digest, Digest DiffId, long? Size, Func<CancellationToken, ValueTask<Stream>> Open);

/// <summary>The images of a source, and those of them that cannot be read.</summary>
internal sealed record ImageSet(IReadOnlyList<FoundImage> Images, IReadOnlyList<Failure> Failures);
