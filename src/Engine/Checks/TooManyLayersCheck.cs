using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class TooManyLayersCheck : ICheck
{
    /// <summary>Well-made images have 5 to 25. Engines end at 127 (overlayfs with Docker), and each layer costs a request and a mount.</summary>
    const int Limit = 40;

    public CheckInfo Info { get; } = new(
        "too-many-layers", Severity.Low, "The image has more than 40 layers",
        "Join RUN steps that belong together and copy directories, not files; build in a stage of its own and copy what it made", null);

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        image.Layers.Count > Limit ? [new Evidence($"it has {image.Layers.Count} layers; container engines end at 127")] : [];
}
