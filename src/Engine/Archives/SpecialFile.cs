using System.Formats.Tar;

namespace Plimsoll.Engine.Archives;

/// <summary>A socket, a pipe or a device.</summary>
internal static class SpecialFile
{
    // .NET tells files, sockets and pipes apart nowhere but where it writes them into a tar: a socket it refuses, and a pipe it does not open.
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows() || !File.Exists(path))
            return false;
        using var header = new MemoryStream();
        try
        {
            if (new FileInfo(path).Length > 0)
                return false;
            using (var writer = new TarWriter(header, TarEntryFormat.Gnu, leaveOpen: true))
                writer.WriteEntry(path, "x");
            return new TarHeader(header.GetBuffer()).TypeFlag is not ((byte)'0' or (byte)'2');
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException)
        {
            // An empty file that is not ours to read, or one whose owner or time fits into no header.
            return false;
        }
        catch (IOException)
        {
            return File.Exists(path);
        }
    }
}
