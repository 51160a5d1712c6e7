namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// Where an image is written: an archive, a layout or a registry. Layers come one after another from the lowest up, then the image is committed; before that
/// nobody sees anything of it, and an output that is disposed without it leaves nothing behind.
/// </summary>
internal interface IImageOutput : IAsyncDisposable
{
    /// <summary>How layers are compressed here where nobody says otherwise: not at all in a docker archive, gzip elsewhere.</summary>
    Archives.Compression DefaultCompression { get; }

    /// <summary>Takes a layer as it is made, without a temporary copy where the place can be written in order.</summary>
    /// <param name="write">Writes the uncompressed tar, asynchronously. It is called again, for the same bytes, when a registry loses what it was sent.</param>
    Task<WrittenLayer> Write(LayerEncoding encoding, Func<Stream, CancellationToken, Task> write, CancellationToken ct);

    /// <summary>
    /// Takes a layer byte for byte as it is stored elsewhere; its digest is verified on the way. A registry that has it, or can mount it from where it lies,
    /// is sent nothing.
    /// </summary>
    /// <param name="from">The reference of the image that it is read from, where that is a registry's.</param>
    Task<WrittenLayer> Copy(LayerBlob layer, ImageName? from, CancellationToken ct);

    /// <summary>Makes the image visible under the name that the output was made for, and under the names of its description where the place keeps names.</summary>
    /// <returns>What it can be found by.</returns>
    Task<WrittenImage> Commit(ReadOnlyMemory<byte> config, IReadOnlyList<WrittenLayer> layers, ImageDescription description, CancellationToken ct);
}

/// <summary>A layer as it lies in its output.</summary>
/// <param name="Digest">Of the stored blob.</param>
/// <param name="DiffId">Of the uncompressed tar.</param>
/// <param name="Size">Bytes of the stored blob.</param>
/// <param name="Compression">Of the stored blob, told by its bytes.</param>
internal sealed record WrittenLayer(Digest Digest, Digest DiffId, long Size, Archives.Compression Compression);

/// <summary>How layers that are written anew are compressed.</summary>
/// <param name="Level">Of the format: 0 to 9 for gzip, 1 to 19 for zstd; null for its usual one (6 for gzip, 3 for zstd).</param>
internal sealed record LayerEncoding(Archives.Compression Compression, int? Level);

/// <summary>What a manifest says of an image besides its config and layers.</summary>
/// <param name="Names">References that it has. Archives and layouts keep those with a tag; a registry has the one name that it is written under.</param>
/// <param name="Annotations">Of the manifest.</param>
/// <param name="Platform">As an index tells it.</param>
internal sealed record ImageDescription(IReadOnlyList<string> Names, IReadOnlyDictionary<string, string>? Annotations, Platform Platform);

/// <summary>An image that can be found.</summary>
/// <param name="Manifest">Digest of its manifest, which a docker archive has too.</param>
internal sealed record WrittenImage(Digest Manifest, long ManifestBytes);
