namespace Plimsoll.Engine.Images.Writing;

/// <summary>Where blobs are kept by their SHA-256 digest: a tar, a folder, a repository of a registry. One blob is written after another.</summary>
internal interface IBlobPlace
{
    /// <summary>The size of a blob that is there, or that could be brought there without its bytes; null when it is not.</summary>
    /// <param name="from">The image that it belongs to, where that is in a registry.</param>
    Task<long?> Find(Digest digest, ImageName? from, CancellationToken ct);

    /// <summary>Keeps the bytes that <paramref name="write"/> gives, under the digest that it finds for them at the end. When it fails, nothing is kept.</summary>
    /// <param name="write">Called again, for the same bytes, when a registry loses what it was sent.</param>
    Task Put(Func<Take, CancellationToken, Task<Digest>> write, CancellationToken ct);
}
