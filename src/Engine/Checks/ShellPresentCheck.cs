using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class ShellPresentCheck : ICheck
{
    static readonly HashSet<string> Shells = new(StringComparer.Ordinal) { "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh", "fish", "busybox",
        "toybox" };

    public CheckInfo Info { get; } = new(
        "shell-present", Severity.Info, "The image has a shell",
        "Where the application needs none, use a base without (distroless, scratch): an intruder has less to work with", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var shells = image.Tree.Files
            .Where(file => file.Entry.Type is EntryType.File or EntryType.HardLink && file.Entry.PathBytes.IsProgram() && Shells.Contains(file.Name))
            .OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        return shells is [var first, ..] ? [new Evidence(Counted.Names([.. shells.Select(shell => shell.Path)]), first.Layer, first.Path)] : [];
    }
}
