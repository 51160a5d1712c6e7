namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>What makes up most of a context, as few names as tell it.</summary>
internal static class Contributors
{
    const int Most = 20;

    /// <summary>So many members that hold most of a folder are named instead of it.</summary>
    const int Few = 3;

    const double MostOf = 0.8;

    public static IReadOnlyList<ContextEntry> Of(ContextFolder root, Func<ContextFolder, long> read, Func<ContextFolder, string, bool> isRead) =>
        [.. In(root, read, isRead).Where(entry => entry.Bytes > 0).OrderByDescending(entry => entry.Bytes)
            .ThenBy(entry => entry.Path, StringComparer.Ordinal).Take(Most)];

    static IEnumerable<ContextEntry> In(ContextFolder folder, Func<ContextFolder, long> read, Func<ContextFolder, string, bool> isRead)
    {
        var files = folder.Files.OrderByDescending(file => file.Bytes).Take(Most)
            .Select(file => new ContextEntry(folder.PathOf(file.Name), false, file.Bytes, 1, isRead(folder, file.Name) ? file.Bytes : 0));
        return files.Concat(folder.Folders.SelectMany(inner => IsNamedItself(inner)
            ? [new ContextEntry(inner.Path, true, inner.Bytes, inner.Count, read(inner))] : In(inner, read, isRead)));
    }

    static bool IsNamedItself(ContextFolder folder) => Leftover.Find(folder.Name, isFolder: true, []) is not null
        || folder.Files.Select(file => file.Bytes).Concat(folder.Folders.Select(inner => inner.Bytes))
            .OrderDescending().Take(Few).Sum() < MostOf * folder.Bytes;
}

/// <summary>A file or a folder of the context.</summary>
/// <param name="Read">Bytes of it that a step reads.</param>
public sealed record ContextEntry(string Path, bool IsFolder, long Bytes, long Files, long Read);
