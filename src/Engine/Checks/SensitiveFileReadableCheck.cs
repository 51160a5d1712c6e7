using Plimsoll.Engine.Files;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class SensitiveFileReadableCheck : ICheck
{
    static readonly string[] Shadows = ["etc/shadow", "etc/shadow-", "etc/gshadow", "etc/gshadow-", "etc/sudoers", "etc/security/opasswd"];

    public CheckInfo Info { get; } = new(
        "sensitive-file-readable", Severity.Medium, "Every user may read a file that should be private",
        "Take the right away (chmod o-r), or mount the file as a secret when the container starts", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var shadows = from path in Shadows
                      let node = image.Tree.FindLink(path)
                      where node is { Entry: var entry } && entry.Type == EntryType.File && IsReadable(entry)
                      select new Evidence($"{path} has the mode {ModeOf(node.Value.Entry)}", node.Value.Layer, path);
        var credentials = from file in CredentialSightings.In(image)
                          where file.HiddenBy is null && IsReadable(file.Entry)
                          select new Evidence(
                              $"{file.Path} {file.Verb} {file.What} and has the mode {ModeOf(file.Entry)}", file.Layer, file.Path,
                              Severity: file.Confidence == Severity.Low ? Severity.Low : null);
        return shadows.Concat(credentials);
    }

    static bool IsReadable(LayerEntry entry) => entry.Mode.HasFlag(UnixFileMode.OtherRead);

    static string ModeOf(LayerEntry entry) => Convert.ToString((int)entry.Mode, 8).PadLeft(4, '0');
}
