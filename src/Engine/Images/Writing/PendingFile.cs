using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Images.Writing;

/// <summary>
/// A file under a hidden name in the folder that it belongs in, renamed at the end. What has its name until then keeps its content: whoever reads it, even
/// the very image that is being written anew, goes on reading it.
/// </summary>
internal sealed class PendingFile : IPendingFile
{
    readonly string _target;
    readonly string _temporary;
    bool _committed;

    PendingFile(string target, string temporary, SafeFileHandle handle) => (_target, _temporary, Handle) = (target, temporary, handle);

    public SafeFileHandle Handle { get; }

    public static PendingFile Open(string path) => UnwritableImageException.OnDisk(() =>
    {
        var target = Target(path);
        var temporary = Path.Combine(Path.GetDirectoryName(target)!, $".plimsoll-{Guid.NewGuid():N}");
        return new PendingFile(target, temporary, new FileStream(temporary, Options(target)).SafeFileHandle);
    });

    public Task Commit(CancellationToken ct) => UnwritableImageException.OnDisk(() =>
    {
        ct.ThrowIfCancellationRequested();
        // The rename may reach the disk before the bytes do, and then a power cut would take the old file and the new one.
        if (File.Exists(_target))
            RandomAccess.FlushToDisk(Handle);
        File.Move(_temporary, _target, overwrite: true);
        _committed = true;
        return Task.CompletedTask;
    });

    public void Dispose()
    {
        Handle.Dispose();
        if (!_committed)
            File.Delete(_temporary);
    }

    static string Target(string path)
    {
        RefuseOfSystem(Path.GetFullPath(path));
        var target = ReplacedFile.Of(path);
        RefuseOfSystem(target);
        if (Directory.Exists(target))
            throw new UnwritableImageException("it is a directory", "name a file, or a directory without an archive's ending for a layout");
        return target;
    }

    static void RefuseOfSystem(string path)
    {
        if (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
            throw new UnwritableImageException("it is no file that can be replaced", "write - for standard output");
    }

    // Whoever may not read the old file may not read the new one.
    static FileStreamOptions Options(string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && File.Exists(target))
            options.UnixCreateMode = File.GetUnixFileMode(target);
        return options;
    }
}
