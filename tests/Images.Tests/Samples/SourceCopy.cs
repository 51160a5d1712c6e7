using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>What git keeps of the repository, as it is in the working tree, in a folder of its own.</summary>
internal static class SourceCopy
{
    public static async Task<TemporaryFolder> Make(params string[] paths)
    {
        var copy = new TemporaryFolder();
        foreach (var path in (await Command.Run("git", ["ls-files", "--cached", "--others", "--exclude-standard", .. paths])).Text.Split('\n').Where(path => File.Exists(Repository.At(path))))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy.At(path))!);
            File.Copy(Repository.At(path), copy.At(path));
        }
        return copy;
    }
}
