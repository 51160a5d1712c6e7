using System.IO.Enumeration;
using Plimsoll.Engine.Archives;

namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>A member of a folder on the disk.</summary>
/// <param name="Bytes">Of a file; 0 for everything else.</param>
internal readonly record struct FoundEntry(string Name, FoundKind Kind, long Bytes)
{
    static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0, IgnoreInaccessible = false, RecurseSubdirectories = false, ReturnSpecialDirectories = false,
    };

    const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>In the order of their names. Links are not followed.</summary>
    /// <exception cref="IOException">The folder cannot be read; <see cref="UnauthorizedAccessException"/> also.</exception>
    public static List<FoundEntry> In(string folder, int most)
    {
        var found = new List<FoundEntry>();
        foreach (var entry in new FileSystemEnumerable<FoundEntry>(folder, Of, Everything))
            if (found.Count <= most)
                found.Add(entry);
            else
                break;
        found.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        if (found is [var first, ..] && found.TrueForAll(entry => entry.Bytes == 0))
            LookAt(Path.Combine(folder, first.Name));
        return found;
    }

    /// <summary>Whether a build by this user gets its content.</summary>
    /// <param name="path">Of a file: a pipe would be waited for.</param>
    public static bool IsReadable(string path)
    {
        try
        {
            // Most may be read by everybody, and are not opened.
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Everybody) == Everybody)
                return true;
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
        catch (IOException)
        {
            // It went meanwhile, or another program keeps a lock on it, which no builder minds.
            return true;
        }
    }

    // Who may list a folder and not enter it gets names and nothing else, which is not said: a folder of empty files looks the same.
    static void LookAt(string path)
    {
        try
        {
            File.GetAttributes(path);
        }
        catch (IOException)
        {
            // It went meanwhile, or has a name that is not UTF-8: that is told where the member is looked at.
        }
    }

    // The link comes first: of one to a folder it is also said that it is a folder.
    static FoundEntry Of(ref FileSystemEntry entry) =>
        (entry.Attributes & FileAttributes.ReparsePoint) != 0 ? new(entry.FileName.ToString(), FoundKind.Link, 0)
        : entry.IsDirectory ? new(entry.FileName.ToString(), FoundKind.Folder, 0)
        : entry.Length is > 0 and var bytes ? new(entry.FileName.ToString(), FoundKind.File, bytes)
        : new(entry.FileName.ToString(), OperatingSystem.IsWindows() ? FoundKind.File : Special(entry.ToFullPath()), 0);

    static FoundKind Special(string path) => SpecialFile.Is(path) ? FoundKind.Special : File.Exists(path) ? FoundKind.File : FoundKind.Gone;
}

/// <summary>Special is a socket, a pipe or a device; gone is what was there a moment ago, or has a name that is not UTF-8.</summary>
internal enum FoundKind { File, Link, Folder, Special, Gone }
