using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class FileCapabilitiesCheck : ICheck
{
    const string Attribute = "security.capability";

    public CheckInfo Info { get; } = new(
        "file-capabilities", Severity.Medium, "A program has capabilities whoever runs it",
        "Take them away (RUN setcap -r PATH), or give the container the capability that it needs and no program more", null);

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        from file in image.Tree.Files
        let xattr = file.Entry.Xattrs?.GetValueOrDefault(Attribute)
        where xattr is not null
        let capabilities = Capabilities.Describe(xattr)
        where capabilities != ""
        select new Evidence(capabilities is null
            ? $"{file.Path} has a {Attribute} of {Counted.Of(xattr.Length, "byte")} that cannot be read"
            : $"{file.Path} has {capabilities}", file.Layer, file.Path);
}
