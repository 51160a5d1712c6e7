using System.Text;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Checks;

/// <summary>Which files are the application: what lies in its directories, and the file that the container starts.</summary>
internal sealed class ApplicationFiles(InspectedImage image)
{
    readonly byte[][] _directories =
    [
        "app"u8.ToArray(), "srv"u8.ToArray(), "opt"u8.ToArray(),
        .. image.Config.WorkingDir.Trim('/') is { Length: > 0 } working && !IsShared(working)
            ? [Encoding.UTF8.GetBytes(working)] : Array.Empty<byte[]>(),
    ];

    readonly HashSet<string> _started =
    [
        .. image.Config.Entrypoint.Concat(image.Config.Cmd).Take(4).Where(word => word.StartsWith('/'))
            .Select(word => image.Tree.Find(word)).OfType<FileNode>().Where(node => node.Entry.Type == EntryType.File).Select(node => node.Path),
    ];

    public bool Has(FileNode file) =>
        file.Entry.Type is EntryType.File or EntryType.HardLink
        && (file.Entry.PathBytes.IsUnderAny(_directories) || _started.Count > 0 && _started.Contains(file.Path));

    // A working directory that holds data by nature says nothing of the application.
    static bool IsShared(string directory) =>
        directory is "tmp" or "var/tmp" or "usr" or "etc" or "var" or "home" || directory.StartsWith("var/lib/", StringComparison.Ordinal);
}
