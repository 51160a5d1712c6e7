using System.Text.RegularExpressions;
using Plimsoll.Engine.Files;

namespace Plimsoll.Engine.Checks;

/// <summary>Finds programs in an image as its shell would.</summary>
internal static partial class Programs
{
    const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    /// <summary>What engines set when the image sets no PATH.</summary>
    const string DefaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    static readonly HashSet<string> Prefixes = new(StringComparer.Ordinal) { "if", "then", "else", "elif", "while", "until", "do", "!", "{", "exec",
        "command", "time", "eval" };

    static readonly HashSet<string> Builtins = new(StringComparer.Ordinal)
    {
        ":", ".", "[", "[[", "]]", "}", "alias", "break", "case", "cd", "continue", "declare", "done", "echo", "esac", "exit", "export", "false",
        "fi", "for", "function", "getopts", "hash", "in", "jobs", "kill", "let", "local", "printf", "pwd", "read", "readonly", "return", "select",
        "set", "shift", "source", "test", "times", "trap", "true", "type", "ulimit", "umask", "unset", "wait",
    };

    /// <summary>The program of that name on the image's PATH, or at that path; links are followed. Null when there is none.</summary>
    public static FileNode? Find(InspectedImage image, string name)
    {
        if (name.Contains('/', StringComparison.Ordinal))
            return IsFile(image.Tree.Find(name[0] == '/' ? name : $"{image.Config.WorkingDir}/{name}"));
        var path = image.Config.Env.LastOrDefault(variable => variable.Key == "PATH").Value is { Length: > 0 } set ? set : DefaultPath;
        return path.Split(':', StringSplitOptions.RemoveEmptyEntries).Select(directory => IsFile(image.Tree.Find($"{directory}/{name}")))
            .FirstOrDefault(found => found is { } file && IsExecutable(file));
    }

    public static bool IsExecutable(FileNode file) => (file.Entry.Mode & Execute) != 0;

    /// <summary>The program that a simple command starts, assignments and keywords before it left out; null when it is a builtin or not known.</summary>
    public static string? StartedBy(string[] command)
    {
        var word = command.SkipWhile(word => Prefixes.Contains(word) || AssignedName().IsMatch(word)).FirstOrDefault();
        return word is null or "" || Builtins.Contains(word) || word[0] == '-' || word.Contains('$', StringComparison.Ordinal) ? null : word;
    }

    static FileNode? IsFile(FileNode? node) => node is { Entry.Type: EntryType.File or EntryType.HardLink } ? node : null;

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*=")]
    private static partial Regex AssignedName();
}
