using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class SudoCheck : ICheck
{
    static readonly string[] Programs = ["usr/bin/sudo", "bin/sudo", "usr/local/bin/sudo", "usr/bin/doas", "usr/local/bin/doas"];

    public CheckInfo Info { get; } = new(
        "sudo", Severity.Medium, "The image has sudo",
        "Run build steps as root before USER, start with the user that is needed, and remove sudo; gosu or setpriv drops rights in an entrypoint",
        "DKL-DI-0001");

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var found = Programs.Select(image.Tree.FindLink).OfType<Files.FileNode>().DistinctBy(node => node.Path).ToList();
        if (found.Count > 0)
            return found.Select(node => new Evidence($"{node.Path} is in the image", node.Layer, node.Path));
        return from package in image.Packages
               where package is { RemovedIn: null, Name: "sudo" or "doas" }
               select new Evidence($"the package {package.Name} {package.Version} is installed", package.Layer, package.Locations[0]);
    }
}
