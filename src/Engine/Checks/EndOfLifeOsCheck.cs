using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class EndOfLifeOsCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "end-of-life-os", Severity.Medium, "The distribution gets no more security updates",
        "Move to a base image of a release that is still maintained", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        if (image.Os is not { } os || OsReleases.EndOf(os) is not { } end || end > OsReleases.Revised)
            return [];
        var path = image.Tree.FindLink("etc/os-release") is { Entry.Type: Files.EntryType.File } ? "etc/os-release" : "usr/lib/os-release";
        return [new Evidence(string.Create(CultureInfo.InvariantCulture, $"{os.Name} had its last update on {end:yyyy-MM-dd}"),
            image.Tree.Find(path)?.Layer, path)];
    }
}
