using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Checks;

/// <summary>Files that a build left behind, summed by the layer that brought them. Hidden files are waste already and are not counted here.</summary>
internal static class Leftovers
{
    /// <param name="whole">What the files are part of.</param>
    public static IEnumerable<Evidence> PerLayer(InspectedImage image, string whole, PathTest isLeftover) =>
        from file in image.Tree.Files
        where file.Entry.Size > 0 && isLeftover(file.Entry.PathBytes)
        group file by file.Layer into layer
        orderby layer.Key
        let largest = Largest(layer)
        select new Evidence($"{Counted.Of(layer.Count(), "file")} of {whole}, the largest is {largest.Path}", layer.Key, largest.Path,
            layer.Sum(file => file.Entry.Size));

    /// <summary>The directories that variables of the environment name, as paths in normal form.</summary>
    public static byte[][] DirectoriesOf(InspectedImage image, params ReadOnlySpan<string> variables)
    {
        var named = variables.ToArray();
        return [.. from variable in image.Config.Env
                   where named.Contains(variable.Key) && variable.Value.Trim('/').Length > 0
                   select System.Text.Encoding.UTF8.GetBytes(variable.Value.Trim('/'))];
    }

    public static bool IsUnderAny(this ReadOnlySpan<byte> path, byte[][] directories)
    {
        foreach (var directory in directories)
            if (path.IsUnder(directory))
                return true;
        return false;
    }

    static FileNode Largest(IEnumerable<FileNode> files) =>
        files.OrderByDescending(file => file.Entry.Size).ThenBy(file => file.Path, StringComparer.Ordinal).First();
}
