using System.Text;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class UnneededFilesCheck : ICheck
{
    static readonly string[] Directories = [".git", ".svn", ".hg", ".aws", ".vscode", ".idea", ".vs"];

    static readonly string[] Histories =
        [".bash_history", ".ash_history", ".sh_history", ".zsh_history", ".python_history", ".node_repl_history", ".mysql_history", ".psql_history",
        ".lesshst", ".viminfo"];

    public CheckInfo Info { get; } = new(
        "unneeded-files", Severity.Low, "Files of the build or of a developer are in the image",
        "List them in .dockerignore, or copy only what the application needs", "DKL-LI-0003");

    // Files of packages are left alone (PathParts.IsVendored): nobody can take them out without breaking the package.
    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from file in image.Tree.Files
        where !file.Entry.PathBytes.IsVendored()
        let unneeded = Unneeded(file)
        where unneeded is not null
        group file by (Path: unneeded, file.Layer) into found
        select new Evidence(
            found.Count() == 1 && found.First().Path == found.Key.Path
                ? found.Key.Path : $"{found.Key.Path}/ with {Counted.Of(found.Count(), "file")}",
            found.Key.Layer, found.Key.Path, found.Sum(file => file.Entry.Size));

    // The directory that need not be there, or the file itself.
    static string? Unneeded(FileNode file)
    {
        var bytes = file.Entry.PathBytes;
        if (IsUnneeded(PathText.Name(bytes)))
            return file.Path;
        foreach (var directory in Directories)
            if (bytes.HasParts(Encoding.UTF8.GetBytes(directory)))
            {
                var path = "/" + file.Path + "/";
                return path[1..(path.IndexOf($"/{directory}/", StringComparison.Ordinal) + directory.Length + 1)];
            }
        return null;
    }

    static bool IsUnneeded(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("Dockerfile"u8) || name.StartsWith("Dockerfile."u8) || name.EndsWith(".dockerfile"u8)
            || name.SequenceEqual("Containerfile"u8)
            || name.SequenceEqual(".dockerignore"u8))
            return true;
        if (name.EndsWith(".yml"u8) || name.EndsWith(".yaml"u8))
            return name.StartsWith("docker-compose."u8) || name.StartsWith("docker-compose-"u8) || name.StartsWith("compose."u8);
        return name.Length > 0 && name[0] == '.' && Histories.Contains(Encoding.UTF8.GetString(name), StringComparer.Ordinal);
    }
}
