using Plimsoll.Engine;

namespace Plimsoll.Store.Blobs;

/// <summary>Keeps uploads from their arrival until the inspections of them have ended: in files, in the database, or in a bucket.</summary>
internal interface IBlobStore
{
    /// <summary>
    /// Takes all of <paramref name="body"/> in constant memory. A body that ends in an exception, or is cut off, leaves nothing behind.
    /// </summary>
    /// <exception cref="BlobStoreFullException">There is no room for it.</exception>
    /// <exception cref="BlobStoreAwayException">The store cannot be reached.</exception>
    Task<StoredBlob> Write(Stream body, CancellationToken ct);

    /// <summary>The blob as a source that the engine can read; whoever asks disposes the stream in it.</summary>
    Task<ImageSource> Open(string key, CancellationToken ct);

    /// <summary>Deletes a blob; one that is gone already is no error.</summary>
    Task Delete(string key, CancellationToken ct);

    /// <summary>Deletes what nobody owns, whole or not, and was last written before a moment: what a process that was killed left. Returns how much.</summary>
    /// <param name="isKept">Whether an upload owns this key.</param>
    Task<int> Sweep(DateTimeOffset before, Func<string, Task<bool>> isKept, CancellationToken ct);
}

/// <param name="Digest"><c>sha256:</c> and lower-case hex, of all bytes.</param>
/// <param name="Key">Where the store keeps it.</param>
internal sealed record StoredBlob(string Digest, long Size, string Key);

/// <summary>The store cannot be reached, or does not do what it is asked: the same may succeed later.</summary>
internal sealed class BlobStoreAwayException(string reason, Exception? cause = null) : IOException(reason, cause);

/// <summary>The store has no room for an upload.</summary>
internal sealed class BlobStoreFullException(string reason, Exception? cause = null) : Exception(reason, cause);
