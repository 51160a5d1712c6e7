using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// How many layers are the base's: those that are said, else those of a given image, else those of the image that the annotations name where
/// a registry can be asked, else the lowest up to the first that brings a distribution.
/// </summary>
internal sealed class BaseChoice(Limits limits, RegistryOptions registry)
{
    public async Task<KeptBase> Of(OptimizeRequest request, FoundImage image, IReadOnlyList<LayerFacts> layers, CancellationToken ct)
    {
        if (request.KeptLayers is { } said)
            return new KeptBase(said, "as asked for");
        if (BaseSearch.Of(image.Config.DiffIds, request.Bases, BaseEvidence.Given) is { Layers: { } given } known)
            return new KeptBase(given, $"shared with {known.Shown}");
        if (request.Bases.Count > 0)
            throw new UnreadableImageException($"it was not built on the base that is given: {BaseSearch.WhyNot(image.Config.DiffIds, request.Bases)}", "give the image that it was built on, or none");
        if (request.Image.Source is ImageSource.Registry && BaseAnnotations.Of(image.Annotations, image.Config.Labels) is { } named && await Shared(named, image, ct) is { } shared)
            return new KeptBase(shared, $"shared with {named.Shown}, which the image names");
        return layers.Count > 1 && layers.Select((layer, number) => HasDistribution(layer) ? number + 1 : 0).FirstOrDefault(count => count > 0) is var count and > 0
            ? new KeptBase(count, "up to the first that brings a distribution") : new KeptBase(0, "no base is known");
    }

    // The base may be out of reach; then the image's own word tells nothing of its layers.
    async Task<int?> Shared(BaseImage named, FoundImage image, CancellationToken ct)
    {
        if (named.Name is null || !ImageName.TryParse(named.Name, null, out var name))
            return null;
        var source = new ImageSource.Registry(name, named.Digest);
        var candidates = await new Inspector(limits, registry).Bases(new InspectionRequest(source, image.Config.Platform), ct);
        return BaseSearch.Of(image.Config.DiffIds, candidates.Images, BaseEvidence.Annotation)?.Layers;
    }

    static bool HasDistribution(LayerFacts layer)
    {
        for (var i = 0; i < layer.Table.Count; i++)
            if (layer.Table[i].PathBytes is var path && (path.SequenceEqual("etc/os-release"u8) || path.SequenceEqual("usr/lib/os-release"u8)))
                return true;
        return false;
    }
}
