namespace Plimsoll.Engine.Archives;

/// <summary>Named files that hold images: a tar on disk or a directory.</summary>
internal interface IArchive
{
    /// <summary>The file at <paramref name="path"/>, links inside the archive followed; null when there is none.</summary>
    ArchiveMember? Find(string path);
}

/// <summary>A file of an archive.</summary>
/// <param name="Length">In bytes.</param>
internal sealed record ArchiveMember(long Length, Func<Stream> Open)
{
    /// <summary>The whole file, when it is small enough to be a manifest, an index or a config.</summary>
    public async ValueTask<byte[]> ReadDocument(string what, Limits limits, CancellationToken ct)
    {
        if (Length > limits.DocumentBytes)
            throw new UnreadableImageException($"{what} has {Length} bytes; the limit is {limits.DocumentBytes}");
        var bytes = new byte[Length];
        await using var stream = Open();
        var read = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, ct);
        return read == bytes.Length ? bytes : throw new UnreadableImageException($"{what} is cut short", "the archive is truncated: make or copy it again");
    }
}
