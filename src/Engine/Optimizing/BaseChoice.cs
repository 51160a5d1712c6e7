using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// How many layers are the base's: those that are said, else those of a given image, else those of the image that the annotations name where
/// that is known, else the lowest up to the first that brings a distribution.
/// </summary>
internal sealed class BaseChoice(Limits limits, RegistryOptions registry)
{
    /// <param name="known">The images of the source.</param>
    public async Task<KeptBase> Of(OptimizeRequest request, FoundImage image, IReadOnlyList<FoundImage> known, IReadOnlyList<LayerFacts> layers, CancellationToken ct)
    {
        if (request.KeptLayers is { } said)
            return new KeptBase(said, "as asked for");
        if (BaseSearch.Of(image.Config.DiffIds, request.Bases, BaseEvidence.Given) is { Layers: { } given } found)
            return new KeptBase(given, $"shared with {found.Shown}");
        if (request.Bases.Count > 0)
            throw new UnreadableImageException($"it was not built on the base that is given: {BaseSearch.WhyNot(image.Config.DiffIds, request.Bases)}", "give the image that it was built on, or none");
        if (BaseAnnotations.Of(image.Annotations, image.Config.Labels) is not { } named)
            return ByDistribution(layers, "");
        // An archive is read without a network, and must not choose a host to connect to.
        var isAsked = request.Image.Source is ImageSource.Registry;
        var shared = SharedInSource(named, image, known) ?? (isAsked ? await SharedInRegistry(named, image, ct) : null);
        if (shared is { } count)
            return new KeptBase(count, $"shared with {named.Shown}, which the image names");
        return ByDistribution(layers, isAsked ? $"; the layers of {named.Shown}, which the image names, could not be read, or are not its lowest"
            : named.Name is null ? "" : $"; the image names its base, whose layers --base {Reference(named)} may keep");
    }

    // Its tag may have moved on.
    static string Reference(BaseImage named) => named.Digest is { } digest && !named.Name!.Contains('@', StringComparison.Ordinal) ? $"{named.Name}@{digest}" : named.Name!;

    static int? SharedInSource(BaseImage named, FoundImage image, IReadOnlyList<FoundImage> known) => BaseSearch.Of(
        image.Config.DiffIds,
        known.Where(one => named.Name is { } name && one.Answers(name) || named.Digest is { } digest && one.Answers(digest.Value))
            .Select(one => new BaseCandidate(one.DisplayName, one.ConfigDigest, one.Config.DiffIds)),
        BaseEvidence.Annotation)?.Layers;

    // The base may be out of reach; then the image's own word tells nothing of its layers.
    async Task<int?> SharedInRegistry(BaseImage named, FoundImage image, CancellationToken ct)
    {
        if (named.Name is null || !ImageName.TryParse(named.Name, null, out var name))
            return null;
        var source = new ImageSource.Registry(name, named.Digest);
        var candidates = await new Inspector(limits, registry).Bases(new InspectionRequest(source, image.Config.Platform), ct);
        return BaseSearch.Of(image.Config.DiffIds, candidates.Images, BaseEvidence.Annotation)?.Layers;
    }

    static KeptBase ByDistribution(IReadOnlyList<LayerFacts> layers, string note) =>
        layers.Count > 1 && layers.Select((layer, number) => HasDistribution(layer) ? number + 1 : 0).FirstOrDefault(count => count > 0) is var count and > 0
            ? new KeptBase(count, $"up to the first that brings a distribution{note}") : new KeptBase(0, $"no base is known{note}");

    static bool HasDistribution(LayerFacts layer)
    {
        for (var i = 0; i < layer.Table.Count; i++)
            if (layer.Table[i].PathBytes is var path && (path.SequenceEqual("etc/os-release"u8) || path.SequenceEqual("usr/lib/os-release"u8)))
                return true;
        return false;
    }
}
