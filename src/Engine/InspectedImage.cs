using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine;

/// <summary>An image whose layers are read and folded: what checks, reports and the browsing verbs look at.</summary>
/// <param name="References">The names that the image has in its source.</param>
/// <param name="Layers">From the lowest up.</param>
/// <param name="Tree">What a container of this image would see.</param>
/// <param name="Os">From os-release; null when the image has none.</param>
public sealed record InspectedImage(
    IReadOnlyList<string> References,
    Digest? ManifestDigest,
    Digest ConfigDigest,
    ImageConfig Config,
    IReadOnlyList<LayerIndex> Layers,
    FileTree Tree,
    OsRelease? Os,
    Accounts Accounts,
    IReadOnlyList<Digest> Attestations)
{
    /// <summary>The content of the visible file at <paramref name="path"/> (links followed) when it was kept; else null.</summary>
    internal byte[]? Kept(string path) =>
        Tree.Find(path) is { Layer: { } layer } file ? Layers[layer].Kept.GetValueOrDefault(file.Entry.Path) : null;
}
