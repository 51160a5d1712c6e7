using Plimsoll.Engine.Images.Writing;

namespace Plimsoll.Cli;

/// <summary>
/// A file that is written whole or not at all: a draft beside it takes its name at the end. The draft is made first, so that a place which takes no file is
/// told of before the work. A link stays one, and whoever may not read the old file may not read the new one.
/// </summary>
internal sealed class WholeFile : IDisposable
{
    readonly string _target;
    readonly string? _draft;

    WholeFile(string target, string? draft, FileStream content) => (_target, _draft, Content) = (target, draft, content);

    public FileStream Content { get; }

    /// <exception cref="IOException">Nothing can be written there. The message names the file and says why.</exception>
    public static WholeFile Open(string name)
    {
        try
        {
            // A device, such as /dev/null, cannot be replaced.
            if (Path.GetFullPath(name).StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(name))
                return new WholeFile(name, null, File.OpenWrite(name));
            var target = ReplacedFile.Of(name);
            if (Directory.Exists(target))
                throw new IOException("it is a directory");
            var draft = $"{target}.{Guid.NewGuid():N}.tmp";
            return new WholeFile(target, draft, Create(draft, target));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"'{name}' cannot be written: {WriteProblem.Reason(e)}", e);
        }
    }

    /// <summary>Whether two names mean one file, which need not be there.</summary>
    public static bool AreOne(string name, string other) => TargetOf(name) is { } target && target == TargetOf(other);

    /// <summary>Writes a file at once.</summary>
    public static void Write(string name, Action<Stream> write)
    {
        using var file = Open(name);
        write(file.Content);
        file.Commit();
    }

    /// <summary>Gives the file its name.</summary>
    public void Commit()
    {
        Content.Dispose();
        if (_draft is not null)
            File.Move(_draft, _target, overwrite: true);
    }

    public void Dispose()
    {
        Content.Dispose();
        if (_draft is not null)
            File.Delete(_draft);
    }

    // Null where no file can be: whoever opens it says why.
    static string? TargetOf(string name)
    {
        try
        {
            return ReplacedFile.Of(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    // The mode of a new file is narrowed by the process; that of the old one is what it was.
    static FileStream Create(string draft, string target)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (OperatingSystem.IsWindows() || !File.Exists(target))
            return new FileStream(draft, options);
        options.UnixCreateMode = File.GetUnixFileMode(target);
        var content = new FileStream(draft, options);
        File.SetUnixFileMode(content.SafeFileHandle, options.UnixCreateMode.Value);
        return content;
    }
}
