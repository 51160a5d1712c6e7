using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class LatestTagCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "latest-tag", Severity.Low, "The image has no name but latest",
        "Tag it with a version or the commit, and deploy it by digest", "DKL-DI-0006");

    // An image without a name is not deployed by one; an image with a version tag is latest only by the way.
    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var names = image.References.Select(reference => ImageName.TryParse(reference, null, out var name) ? name : null).OfType<ImageName>()
            .ToList();
        return names.Count > 0 && names.All(name => name.FloatsOnLatest)
            ? [new Evidence($"it is named {Counted.Names(image.References)}")] : [];
    }
}
