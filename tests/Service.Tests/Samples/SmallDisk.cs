using System.Diagnostics;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A file system of a few megabytes in memory, which a test can fill.</summary>
internal sealed class SmallDisk : IDisposable
{
    SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Skips the test where nobody may mount.</summary>
    public static SmallDisk Mount(int bytes)
    {
        var path = Directory.CreateTempSubdirectory("plimsoll-disk-").FullName;
        using var mount = Process.Start(new ProcessStartInfo("/bin/mount", ["-t", "tmpfs", "-o", $"size={bytes}", "tmpfs", path]) { RedirectStandardError = true })!;
        var error = mount.StandardError.ReadToEnd();
        mount.WaitForExit();
        if (mount.ExitCode != 0)
            Directory.Delete(path);
        Assert.SkipWhen(mount.ExitCode != 0, $"a small file system cannot be mounted here: {error.Trim()}");
        return new SmallDisk(path);
    }

    public void Dispose()
    {
        using (var unmount = Process.Start("/bin/umount", [Path]))
            unmount.WaitForExit();
        Directory.Delete(Path);
    }
}
