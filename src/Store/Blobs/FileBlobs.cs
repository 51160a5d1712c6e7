using System.Globalization;
using Plimsoll.Engine;

namespace Plimsoll.Store.Blobs;

/// <summary>Uploads as files of one folder. A file has its last name only when it is whole.</summary>
internal sealed class FileBlobs(string folder) : IBlobStore
{
    const string Unfinished = ".part";

    public async Task<StoredBlob> Write(Stream body, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var draft = Path.Combine(folder, Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture) + Unfinished);
        try
        {
            StoredBlob stored;
            using (var file = File.OpenHandle(draft, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
            {
                long at = 0;
                var (digest, size) = await HashedBody.Copy(body, async piece =>
                {
                    await RandomAccess.WriteAsync(file, piece, at, ct);
                    at += piece.Length;
                }, ct);
                stored = new StoredBlob(digest, size, digest["sha256:".Length..]);
            }
            File.Move(draft, Path.Combine(folder, stored.Key), overwrite: true);
            return stored;
        }
        catch (IOException e) when (IsFull(e))
        {
            throw new BlobStoreFullException("the disk of the blob store is full", e);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    public Task<ImageSource> Open(string key, CancellationToken ct) => Task.FromResult<ImageSource>(new ImageSource.File(Path.Combine(folder, key)));

    public Task Delete(string key, CancellationToken ct)
    {
        File.Delete(Path.Combine(folder, key));
        return Task.CompletedTask;
    }

    /// <summary>Deletes what a process that was killed left unfinished.</summary>
    public void Sweep(DateTimeOffset before)
    {
        if (!Directory.Exists(folder))
            return;
        foreach (var draft in Directory.EnumerateFiles(folder, $"*{Unfinished}"))
            if (File.GetLastWriteTimeUtc(draft) < before.UtcDateTime)
                File.Delete(draft);
    }

    // ENOSPC (28) and EDQUOT (122) of Linux; ERROR_DISK_FULL of Windows.
    static bool IsFull(IOException e) => e.HResult is 28 or 122 or unchecked((int)0x80070070);
}
