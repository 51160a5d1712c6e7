using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Packages;

/// <summary>The files of Debian's packages, without any package database, downloaded once. Where Debian has none of them here, the test is skipped.</summary>
internal static class DebianPackages
{
    static readonly SemaphoreSlim One = new(1, 1);

    /// <summary>A folder with the files of the package.</summary>
    public static async Task<string> Files(string package) => (await FirstOf(package)).Folder;

    /// <summary>The files of the first of these packages that this release of Debian has, and the upstream version of it.</summary>
    public static async Task<(string Folder, string Version)> FirstOf(params string[] packages)
    {
        Tool.SkipWithout("apt-get", "apt-cache", "dpkg-deb");
        foreach (var package in packages)
            if (await Candidate(package) is { } version)
                return (await Files(package, version), Upstream(version));
        Assert.Skip($"Debian has none of {string.Join(", ", packages)} here");
        return default;
    }

    static async Task<string> Files(string package, string version)
    {
        var folder = Repository.At($".cache/debian/{package}_{version.Replace(':', '-')}");
        await One.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (Directory.Exists(folder))
                return folder;
            using var work = new TemporaryFolder();
            await Tool.Run("bash", ["-c", "cd \"$0\" && chmod 777 . && apt-get download -q \"$1\" && dpkg-deb -x *.deb root", work.Root, $"{package}={version}"]);
            Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
            await Tool.Run("mv", [work.At("root"), folder]);
            return folder;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Assert.Skip($"Debian has no {package} {version} to give: {e.Message}");
            return folder;
        }
        finally
        {
            One.Release();
        }
    }

    // "  Candidate: 3.11.2-6+deb12u5"; of a package that is not known there is none.
    static async Task<string?> Candidate(string package) => (await Tool.Run("apt-cache", ["policy", package])).Split('\n')
        .Where(line => line.StartsWith("  Candidate: ", StringComparison.Ordinal)).Select(line => line["  Candidate: ".Length..]).FirstOrDefault(version => version != "(none)");

    // 5:7.0.15-1~deb12u10 is 7.0.15, 18.20.4+dfsg-1 is 18.20.4, and 3.1.7+really3.1.2-0+deb12u1, where Debian went back, is 3.1.2.
    static string Upstream(string version) => version[(version.IndexOf(':', StringComparison.Ordinal) + 1)..].Split("+really")[^1].Split('-', '+', '~')[0];
}
