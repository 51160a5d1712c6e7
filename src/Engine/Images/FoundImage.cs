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
    IReadOnlyList<Digest> Attestations)
{
    /// <summary>As its source has it.</summary>
    public ReadOnlyMemory<byte> ConfigBytes { get; init; }

    /// <summary>Of the manifest; null where the source keeps none.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>What people call it: a name when it has one, else a digest.</summary>
    public string DisplayName => References is [var name, ..] ? name : (ManifestDigest ?? ConfigDigest).Value;

    /// <summary>Whether <paramref name="wanted"/> names this image: a reference in any of its spellings, or a digest, whole or its first twelve digits.</summary>
    public bool Answers(string wanted)
    {
        if (References.Contains(wanted) || new[] { ManifestDigest, ConfigDigest }.Any(digest => wanted == digest?.Value || wanted == digest?.Short))
            return true;
        return ImageName.TryParse(wanted, null, out var name)
            && References.Any(reference => ImageName.TryParse(reference, null, out var known) && known == name);
    }
}

/// <summary>A layer that can be read.</summary>
/// <param name="Digest">Of the stored blob; null where the source does not say.</param>
/// <param name="DiffId">Of the uncompressed tar, as the config claims it.</param>
/// <param name="Size">Bytes of the stored blob; null where the source does not say.</param>
/// <param name="ByDigest">
/// Whoever runs the image gets the blob by its digest too, and so the very bytes that a known digest stands for. An archive may hold other
/// bytes than it says, so that even a known layer of it is hashed.
/// </param>
internal sealed record LayerBlob(Digest? Digest, Digest DiffId, long? Size, Func<CancellationToken, ValueTask<Stream>> Open, bool ByDigest = false);

/// <summary>The images of a source, and those of them that cannot be read.</summary>
internal sealed record ImageSet(IReadOnlyList<FoundImage> Images, IReadOnlyList<Failure> Failures);
