using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class WorldWritableCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "world-writable", Severity.Medium, "Every user may change a file or directory",
        "Take the right away: RUN chmod o-w PATH, or COPY --chmod=755; a shared directory needs the sticky bit (chmod 1777)", null);

    // A directory stands for what is in it: `chmod -R 777` is one mistake, not one for each file.
    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var open = image.Tree.All.Where(node => IsOpen(node.Entry))
            .Select(node => (node.Path, node.Layer, Directory: node.Entry.Type == EntryType.Directory))
            .OrderBy(node => node.Path + "/", StringComparer.Ordinal).ToList();
        for (int i = 0, next; i < open.Count; i = next)
        {
            var (path, layer, directory) = open[i];
            for (next = i + 1; directory && next < open.Count && open[next].Path.StartsWith(path + "/", StringComparison.Ordinal);)
                next++;
            var inside = next - i - 1;
            yield return new Evidence(
                !directory ? $"{path} may be changed by every user"
                : inside == 0 ? $"{path}/ is writable by every user and has no sticky bit"
                : $"{path}/ is writable by every user and has no sticky bit; so are {Counted.Of(inside, "file")} and directories in it", layer, path);
        }
    }

    // A symbolic link has no mode of its own, and devices are the engine's.
    static bool IsOpen(LayerEntry entry) => entry.Mode.HasFlag(UnixFileMode.OtherWrite) && entry.Type switch
    {
        EntryType.Directory => !entry.Mode.HasFlag(UnixFileMode.StickyBit),
        EntryType.File or EntryType.HardLink => true,
        _ => false,
    };
}
