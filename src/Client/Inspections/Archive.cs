namespace Plimsoll.Client.Inspections;

/// <summary>An archive to upload: what docker save, skopeo or buildah wrote.</summary>
/// <param name="Write">Writes all of its bytes, each time that it is called.</param>
/// <param name="Length">Bytes; null where they are not known before they were sent.</param>
/// <param name="MayRepeat">Whether it can be written a second time, when the connection broke in the middle of the first.</param>
public sealed record Archive(Func<Stream, CancellationToken, Task> Write, long? Length, bool MayRepeat)
{
    const int ChunkBytes = 1 << 17;

    /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
    public static Archive OfFile(string path) => new(
        async (output, ct) =>
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous | FileOptions.SequentialScan);
            await file.CopyToAsync(output, ChunkBytes, ct);
        },
        new FileInfo(path).Length, MayRepeat: true);

    /// <summary>Such as standard input: it is read once, and never held in memory.</summary>
    public static Archive OfStream(Stream stream) => new((output, ct) => stream.CopyToAsync(output, ChunkBytes, ct), null, MayRepeat: false);
}
