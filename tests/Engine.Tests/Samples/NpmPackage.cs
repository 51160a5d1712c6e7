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
        // By a program of its own: Runnable says why.
        await Tool.Run("tar", ["-xzf", Path.Combine(draft, archive), "-C", draft]);
        try
        {
            Directory.Move(draft, folder);
        }
        catch (IOException) when (Directory.Exists(folder))
        {
            // Another test was quicker; both have the same.
            Directory.Delete(draft, recursive: true);
        }
        return Path.Combine(folder, "package");
    }
}
