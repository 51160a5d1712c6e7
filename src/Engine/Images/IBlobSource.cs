namespace Plimsoll.Engine.Images;

/// <summary>Where the blobs of an OCI image come from: a layout on disk, in a tar, or a registry.</summary>
internal interface IBlobSource
{
    /// <summary>See <see cref="LayerBlob.ByDigest"/>.</summary>
    bool ByDigest { get; }

    /// <summary>The bytes of a manifest or index, not yet verified. Ends with an error past <see cref="Archives.Limits.DocumentBytes"/>.</summary>
    ValueTask<byte[]> ReadManifest(Digest digest, CancellationToken ct);

    /// <summary>The same of an image's configuration. Registries keep it elsewhere, and media types are not to be trusted with the difference.</summary>
    ValueTask<byte[]> ReadConfig(Digest digest, CancellationToken ct);

    /// <summary>A layer's bytes as they are stored, from the start; the caller verifies and disposes it.</summary>
    ValueTask<Stream> OpenLayer(Digest digest, CancellationToken ct);
}
