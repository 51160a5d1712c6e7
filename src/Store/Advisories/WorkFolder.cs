namespace Plimsoll.Store.Advisories;

/// <summary>A folder for one import, and no longer.</summary>
internal sealed class WorkFolder : IDisposable
{
    const string Prefix = "plimsoll-import-";

    /// <summary>No import takes so long: whoever made it was killed.</summary>
    static readonly TimeSpan Dead = TimeSpan.FromDays(1);

    WorkFolder(string path) => Path = path;

    public string Path { get; }

    public static WorkFolder Make(DateTimeOffset now)
    {
        foreach (var left in Directory.EnumerateDirectories(System.IO.Path.GetTempPath(), $"{Prefix}*").Where(path => Directory.GetLastWriteTimeUtc(path) < now.UtcDateTime - Dead))
            Remove(left);
        return new WorkFolder(Directory.CreateTempSubdirectory(Prefix).FullName);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);

    static void Remove(string left)
    {
        try
        {
            Directory.Delete(left, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another user's, or another process is at it too.
        }
    }
}
