using System.Globalization;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class SetuidCheck : ICheck
{
    const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public CheckInfo Info { get; } = new(
        "setuid-setgid", Severity.Medium, "A program runs with its owner's rights",
        "Take the bits away (RUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +) or remove the program", "CIS-DI-0008");

    // On a directory the set-group-id bit only passes the group on; without an execute bit there is nothing to run.
    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from file in image.Tree.Files
        let entry = file.Entry
        where (entry.Mode & (UnixFileMode.SetUser | UnixFileMode.SetGroup)) != 0 && (entry.Mode & Execute) != 0
            && entry.Type is EntryType.File or EntryType.HardLink
        select new Evidence(Describe(file.Path, entry), file.Layer, file.Path);

    static string Describe(string path, LayerEntry entry) => string.Create(CultureInfo.InvariantCulture, $"{path} ") + entry.Mode switch
    {
        var mode when mode.HasFlag(UnixFileMode.SetUser | UnixFileMode.SetGroup) =>
            string.Create(CultureInfo.InvariantCulture, $"is setuid and setgid: user {entry.Uid}, group {entry.Gid}"),
        var mode when mode.HasFlag(UnixFileMode.SetUser) => string.Create(CultureInfo.InvariantCulture, $"is setuid: user {entry.Uid}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"is setgid: group {entry.Gid}"),
    };
}
