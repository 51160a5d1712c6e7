using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Packages;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Secrets;

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
    /// <summary>What it says of the image that it was built on; null where it says nothing.</summary>
    public BaseImage? Base { get; init; }

    readonly Lazy<IReadOnlyList<PackageReport>> _packages = new(() => PackageHistory.Of(Layers, Tree, Os));

    /// <summary>The packages of every ecosystem, those that a layer removed too.</summary>
    public IReadOnlyList<PackageReport> Packages => _packages.Value;

    readonly Lazy<(IReadOnlyList<HistoryStep> Steps, ImageMask Mask)> _history = new(() =>
    {
        var steps = HistoryStep.Of(Config.History, Layers.Count);
        return (steps, new ImageMask(Config, steps));
    });

    /// <summary>The history of its build, from the first step.</summary>
    internal IReadOnlyList<HistoryStep> Steps => _history.Value.Steps;

    /// <summary>What every text of the configuration and the history goes through before it is shown.</summary>
    internal ImageMask Mask => _history.Value.Mask;

    internal static InspectedImage Of(FoundImage found, IReadOnlyList<LayerIndex> layers, Limits limits)
    {
        var tree = FileTree.Of(layers, limits);
        byte[]? Content(string path) => tree.Find(path) is { } file ? layers[file.Layer].Kept.GetValueOrDefault(file.Entry.Path) : null;
        return new InspectedImage(
            found.References, found.ManifestDigest, found.ConfigDigest, found.Config, layers, tree,
            OsReleaseReader.Read(Content("etc/os-release") ?? Content("usr/lib/os-release")),
            Accounts.Of(Content("etc/passwd"), Content("etc/group"), Content("etc/shadow")),
            found.Attestations)
        {
            Base = BaseAnnotations.Of(found.Annotations, found.Config.Labels),
        };
    }

    /// <summary>The content of the visible file at <paramref name="path"/> (links followed) when it was kept; else null.</summary>
    internal byte[]? Kept(string path) =>
        Tree.Find(path) is { } file ? Layers[file.Layer].Kept.GetValueOrDefault(file.Entry.Path) : null;
}
