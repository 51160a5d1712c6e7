using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Archives;

/// <summary>
/// A temporary file for what cannot be read in place: standard input, a compressed archive, a large program inside a layer. Only its owner may read it, and
/// it has no name any more once it is written, so that nothing is left behind however the process ends.
/// </summary>
internal static class Spool
{
    public static async Task<SafeFileHandle> Write(Stream source, string folder, Limits limits, CancellationToken ct)
    {
        var file = Create(folder);
        try
        {
            var buffer = new byte[1 << 18];
            long total = 0;
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0; total += read)
            {
                if (total + read > limits.TotalBytes)
                    throw new UnreadableImageException($"the archive has more than {limits.TotalBytes} bytes", "this is past a safety limit");
                await RandomAccess.WriteAsync(file, buffer.AsMemory(0, read), total, ct);
            }
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>An empty file to write and read, gone when it is closed.</summary>
    public static SafeFileHandle Create(string folder)
    {
        var path = Path.Combine(folder, $"plimsoll-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        try
        {
            if (!OperatingSystem.IsWindows())
                File.Delete(path);
            return file.SafeFileHandle;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
