using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// A layout in a tar. The header in front of a blob holds its name and its size, which are known once it is written: room is left for it, so that no
/// blob needs a copy of its own.
/// </summary>
internal sealed class TarPlace : ILayoutPlace
{
    const int Block = TarHeader.Size;

    readonly IPendingFile _file;
    readonly Dictionary<Digest, long> _kept = [];
    long _end;

    public TarPlace(IPendingFile file)
    {
        _file = file;
        try
        {
            Write([.. TarEntryHeader.Directory("blobs/"), .. TarEntryHeader.Directory("blobs/sha256/")]);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public Task<long?> Find(Digest digest, ImageName? from, CancellationToken ct) => Task.FromResult<long?>(_kept.TryGetValue(digest, out var size) ? size : null);

    public async Task Put(Func<Take, CancellationToken, Task<Digest>> write, CancellationToken ct)
    {
        using var content = new FileSink(_file.Handle, _end + Block);
        var digest = await write(content.Take, ct);
        var size = content.Position - _end - Block;
        content.Flush();
        // What is there already is not kept twice: the next entry is written over it.
        if (!_kept.TryAdd(digest, size))
            return;
        var header = TarEntryHeader.File(ManifestDocuments.PathOf(digest), size);
        var padding = new byte[Padding(size)];
        WriteAt(_end, header);
        WriteAt(_end + Block + size, padding);
        _end += Block + size + padding.Length;
    }

    public void Add(string name, byte[] content) =>
        Write([.. TarEntryHeader.File(name, content.Length), .. content, .. new byte[Padding(content.Length)]]);

    public Task Commit(CancellationToken ct)
    {
        Write(new byte[2 * Block]);
        RandomAccess.SetLength(_file.Handle, _end);
        return _file.Commit(ct);
    }

    public ValueTask DisposeAsync()
    {
        _file.Dispose();
        return default;
    }

    static int Padding(long size) => (int)((Block - size % Block) % Block);

    void Write(byte[] bytes)
    {
        WriteAt(_end, bytes);
        _end += bytes.Length;
    }

    void WriteAt(long at, byte[] bytes)
    {
        using var sink = new FileSink(_file.Handle, at);
        sink.Write(bytes);
        sink.Flush();
    }
}
