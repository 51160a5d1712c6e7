namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// A layout in a directory: made in a hidden one and moved at the end. One that exists and is empty may be a mount, which nothing can be renamed over, so
/// what belongs in it is made inside it.
/// </summary>
internal sealed class FolderPlace : ILayoutPlace
{
    readonly string _target;
    readonly string _temporary;
    readonly Dictionary<Digest, long> _kept = [];
    readonly List<string> _files = ["blobs"];

    FolderPlace(string target, string temporary) => (_target, _temporary) = (target, temporary);

    public static FolderPlace Open(string path) => UnwritableImageException.OnDisk(() =>
    {
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        RefuseWhatIsThere(target);
        var parent = Directory.Exists(target) ? target : Path.GetDirectoryName(target)!;
        // CreateDirectory would make the folders above it too.
        if (!Directory.Exists(parent))
            throw new DirectoryNotFoundException();
        var temporary = Path.Combine(parent, $".plimsoll-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Path.Combine(temporary, "blobs", "sha256"));
        return new FolderPlace(target, temporary);
    });

    public Task<long?> Find(Digest digest, ImageName? from, CancellationToken ct) => Task.FromResult<long?>(_kept.TryGetValue(digest, out var size) ? size : null);

    public async Task Put(Func<Take, CancellationToken, Task<Digest>> write, CancellationToken ct)
    {
        var part = Path.Combine(_temporary, "part");
        using var file = UnwritableImageException.OnDisk(() => File.OpenHandle(part, FileMode.Create, FileAccess.Write));
        using var content = new FileSink(file, 0);
        var digest = await write(content.Take, ct);
        content.Flush();
        _kept[digest] = content.Position;
        Move(part, Path.Combine(_temporary, ManifestDocuments.PathOf(digest)));
    }

    public void Add(string name, byte[] content)
    {
        UnwritableImageException.OnDisk(() =>
        {
            File.WriteAllBytes(Path.Combine(_temporary, name), content);
            return name;
        });
        _files.Add(name);
    }

    public Task Commit(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        if (Path.GetDirectoryName(_temporary) != _target)
            Move(_temporary, _target);
        else
            foreach (var file in _files)
                Move(Path.Combine(_temporary, file), Path.Combine(_target, file));
        return DisposeAsync().AsTask();
    }

    public ValueTask DisposeAsync()
    {
        if (Directory.Exists(_temporary))
            Directory.Delete(_temporary, recursive: true);
        return default;
    }

    static void Move(string from, string to) => UnwritableImageException.OnDisk(() =>
    {
        if (File.Exists(from))
            File.Move(from, to, overwrite: true);
        else
            Directory.Move(from, to);
        return to;
    });

    static void RefuseWhatIsThere(string target)
    {
        var leads = ReplacedFile.Of(target);
        // What a link of the system says need not be a path.
        if (File.Exists(target) || File.Exists(leads))
            throw new UnwritableImageException("it is a file", "name a directory for a layout, or a file that ends in .tar or .oci for an archive");
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new UnwritableImageException("the directory is not empty", "name another, or empty it: a layout is never mixed with what is there");
    }
}
