using System.Formats.Tar;
using System.IO.Compression;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>A package of the npm registry, unpacked under <c>.cache</c> and kept there. Without npm or a registry the test is skipped.</summary>
internal static class NpmPackage
{
    /// <summary>The folder of <paramref name="name"/> in exactly this version.</summary>
    public static async Task<string> Get(string name, string version)
    {
        Tool.SkipWithout("npm");
        var folder = Repository.At($".cache/npm/{name.Replace('/', '-').TrimStart('@')}-{version}");
        if (Directory.Exists(folder))
            return Path.Combine(folder, "package");
        var draft = $"{folder}.{Guid.NewGuid():N}";
        Directory.CreateDirectory(draft);
        var archive = "";
        try
        {
            archive = (await Tool.Run("npm", ["pack", $"{name}@{version}", "--silent", "--pack-destination", draft])).Trim();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Directory.Delete(draft, recursive: true);
            Assert.Skip($"npm has no {name}@{version} to give: {e.Message}");
        }
        await using (var file = File.OpenRead(Path.Combine(draft, archive)))
        await using (var tar = new GZipStream(file, CompressionMode.Decompress))
            await TarFile.ExtractToDirectoryAsync(tar, draft, overwriteFiles: true, TestContext.Current.CancellationToken);
        // Another test may have been quicker; both have the same.
        if (!Directory.Exists(folder))
            Directory.Move(draft, folder);
        return Path.Combine(folder, "package");
    }
}
