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

    public async Task<int> Sweep(DateTimeOffset before, Func<string, Task<bool>> isKept, CancellationToken ct)
    {
        if (!Directory.Exists(folder))
            return 0;
        var swept = 0;
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            ct.ThrowIfCancellationRequested();
            if (File.GetLastWriteTimeUtc(path) >= before.UtcDateTime || !path.EndsWith(Unfinished, StringComparison.Ordinal) && await isKept(Path.GetFileName(path)))
                continue;
            swept += Remove(path, before);
        }
        return swept;
    }

    // The same bytes may arrive at this very moment, under the same name: the file is taken aside and looked at again before it goes.
    int Remove(string path, DateTimeOffset before)
    {
        var aside = Path.Combine(folder, Guid.CreateVersion7().ToString("N", CultureInfo.InvariantCulture) + Unfinished);
        try
        {
            File.Move(path, aside);
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
        if (File.GetLastWriteTimeUtc(aside) >= before.UtcDateTime)
        {
            File.Move(aside, path, overwrite: true);
            return 0;
        }
        File.Delete(aside);
        return 1;
    }

    // ENOSPC (28) and EDQUOT (122) of Linux; ERROR_DISK_FULL of Windows.
    static bool IsFull(IOException e) => e.HResult is 28 or 122 or unchecked((int)0x80070070);
}
