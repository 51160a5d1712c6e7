namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>Finds what is large and read by no step: a folder rather than its members, where all of it is.</summary>
internal static class UnreadSearch
{
    const long Large = 1 << 20;

    const int Most = 20;

    /// <summary>Most bytes first. The context itself is never one: then no step reads anything, and nothing is sent.</summary>
    public static IEnumerable<string> Of(ContextFolder root, ReadBytes read) =>
        In(root, read).OrderByDescending(one => one.Bytes).ThenBy(one => one.Path, StringComparer.Ordinal).Take(Most).Select(one => one.Path);

    static IEnumerable<(string Path, long Bytes)> In(ContextFolder folder, ReadBytes read)
    {
        var files = folder.Files.Where(file => file.Bytes >= Large && !read.Reads(folder, file.Name))
            .Select(file => (folder.PathOf(file.Name), file.Bytes));
        var folders = folder.Folders.Where(inner => inner.Bytes >= Large)
            .SelectMany(inner => read.IsRead(inner) ? In(inner, read) : [(inner.Path, inner.Bytes)]);
        return files.Concat(folders);
    }
}
