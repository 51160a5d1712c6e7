using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Engine.Archives;

/// <summary>
/// A temporary file for an archive that cannot be read in place: standard input, or a compressed archive. Only its owner may read it, and
/// it has no name any more once it is written, so that nothing is left behind however the process ends.
/// </summary>
internal static class Spool
{
    public static async Task<SafeFileHandle> Write(Stream source, string folder, Limits limits, CancellationToken ct)
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
            var buffer = new byte[1 << 18];
            long total = 0;
            for (int read; (read = await source.ReadAsync(buffer, ct)) > 0;)
            {
                if ((total += read) > limits.TotalBytes)
                    throw new UnreadableImageException($"the archive has more than {limits.TotalBytes} bytes", "this is past a safety limit");
                await file.WriteAsync(buffer.AsMemory(0, read), ct);
            }
            return file.SafeFileHandle;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
