using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>The files of Debian's packages, downloaded once.</summary>
internal static class DebianPackages
{
    static readonly SemaphoreSlim One = new(1, 1);

    /// <summary>A folder with the files of the package, without any package database.</summary>
    public static async Task<string> Files(string package)
    {
        Tool.SkipWithout("apt-get", "dpkg-deb");
        var folder = Repository.At($".cache/debian/{package}");
        await One.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (Directory.Exists(folder))
                return folder;
            using var work = new TemporaryFolder();
            await Tool.Run("bash", ["-c", "cd \"$0\" && chmod 777 . && apt-get download -q \"$1\" && dpkg-deb -x *.deb root", work.Root, package]);
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            await Tool.Run("mv", [work.At("root"), folder]);
            return folder;
        }
        finally
        {
            One.Release();
        }
    }
}
