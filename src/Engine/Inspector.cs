using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine;

/// <summary>Takes an image wherever it is and says what is in it: open, read each layer once, fold, report.</summary>
/// <param name="memory">Null: every layer is read.</param>
public sealed class Inspector(Limits limits, RegistryOptions? registry = null, LayerMemory? memory = null)
{
    /// <summary>
    /// Inspects every image that <paramref name="request"/> asks for. What cannot be read is a failure in the report; only broken local I/O
    /// (<see cref="IOException"/>, <see cref="UnauthorizedAccessException"/>) and cancellation are thrown.
    /// </summary>
    public async Task<Inspection> Inspect(InspectionRequest request, IProgress<LayerProgress>? progress, CancellationToken ct)
    {
        var images = new List<InspectedImage>();
        var failures = new List<Failure>();
        try
        {
            using var source = await OpenSource.Open(request, registry ?? new RegistryOptions(), limits, ct);
            failures.AddRange(source.Images.Failures);
            var layers = new LayerSet(limits, progress, memory);
            foreach (var image in Chosen(source.Images.Images, request))
                try
                {
                    images.Add(await Read(image, layers, ct));
                }
                catch (UnreadableImageException e)
                {
                    failures.Add(e.FailureOf(NameOf(image, request)));
                }
        }
        catch (UnreadableImageException e)
        {
            failures.Add(e.FailureOf(request.Source.ToString()));
        }
        return new Inspection(new Report([.. images.Select(ImageReportBuilder.Of)], failures), images);
    }

    /// <summary>The images of a source, on which others may have been built. Only manifests and configurations are read, no layers. What goes wrong is a failure, as in <see cref="Inspect"/>.</summary>
    public async Task<BaseCandidates> Bases(InspectionRequest request, CancellationToken ct)
    {
        try
        {
            using var source = await OpenSource.Open(request, registry ?? new RegistryOptions(), limits, ct);
            return new BaseCandidates([.. Chosen(source.Images.Images, request).Select(image => new BaseCandidate(
                image.References is [var name, ..] ? name : null, image.ManifestDigest ?? image.ConfigDigest, image.Config.DiffIds))], source.Images.Failures);
        }
        catch (UnreadableImageException e)
        {
            return new BaseCandidates([], [e.FailureOf(request.Source.ToString())]);
        }
    }

    /// <summary>
    /// The digest of the manifest or index that <paramref name="name"/> points at now, without a download where the registry tells it. A name that
    /// has a digest is not looked up. What goes wrong is a failure, as in <see cref="Inspect"/>.
    /// </summary>
    public Task<Resolution> Resolve(ImageName name, CancellationToken ct) =>
        Ask(name, async images => new Resolution(await images.Resolve(name, ct), null));

    /// <summary>The same with the platforms of the image, for which its manifest is read.</summary>
    public Task<Resolution> ResolvePlatforms(ImageName name, CancellationToken ct) => Ask(name, async images =>
    {
        var (digest, platforms) = await images.Describe(name, ct);
        return new Resolution(digest, null) { Platforms = platforms };
    });

    async Task<Resolution> Ask(ImageName name, Func<RegistryImages, Task<Resolution>> ask)
    {
        try
        {
            using var client = new RegistryClient(registry ?? new RegistryOptions(), limits);
            return await ask(new RegistryImages(client, limits));
        }
        catch (UnreadableImageException e)
        {
            return new Resolution(null, e.FailureOf(name.ToString()));
        }
    }

    async Task<InspectedImage> Read(FoundImage found, LayerSet layers, CancellationToken ct)
    {
        var indexes = await layers.Read(found.Layers, ct);
        return InspectedImage.Of(found, indexes, limits);
    }

    internal static IEnumerable<FoundImage> Chosen(IReadOnlyList<FoundImage> images, InspectionRequest request)
    {
        if (request.Image is not { } wanted)
            return images;
        var chosen = images.Where(image => image.Answers(wanted)).ToList();
        return chosen.Count > 0 ? chosen
            : throw new UnreadableImageException($"there is no image '{wanted}'", $"it has {string.Join(", ", images.Select(image => image.DisplayName).Distinct())}");
    }

    static string NameOf(FoundImage image, InspectionRequest request) =>
        image.References.Count > 0 ? image.DisplayName : $"{request.Source} ({image.Config.Platform})";
}
