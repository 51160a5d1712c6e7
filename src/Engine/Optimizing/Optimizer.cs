using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Images.Writing;

namespace Plimsoll.Engine.Optimizing;

/// <summary>
/// Takes from an image what nobody can see: reads its layers, folds them, copies what stays, and proves with the bytes that were written that
/// a container sees the same. Only then is anything visible in the output.
/// </summary>
public sealed class Optimizer(Limits limits, RegistryOptions? registry = null)
{
    readonly RegistryOptions _registry = registry ?? new RegistryOptions();

    /// <summary>
    /// Writes a smaller image to <paramref name="target"/>. What cannot be read or written is a failure of the image or of the target;
    /// only broken local I/O and cancellation are thrown.
    /// </summary>
    public async Task<Optimization> Optimize(OptimizeRequest request, ImageTarget target, IProgress<LayerProgress>? progress, CancellationToken ct)
    {
        try
        {
            return await Optimize(request, token => ImageOutputs.Open(target, _registry, limits, token), progress, ct);
        }
        catch (UnwritableImageException e)
        {
            return new Optimization(null, e.FailureOf(target.ToString()));
        }
    }

    /// <exception cref="UnwritableImageException">The output takes no image.</exception>
    internal async Task<Optimization> Optimize(OptimizeRequest request, Func<CancellationToken, Task<IImageOutput>> open, IProgress<LayerProgress>? progress, CancellationToken ct)
    {
        try
        {
            using var source = await OpenSource.Open(request.Image, _registry, limits, ct);
            return new Optimization(await Optimize(request, source.Images, open, progress, ct), null);
        }
        catch (UnreadableImageException e)
        {
            return new Optimization(null, e.FailureOf(request.Image.Source.ToString()));
        }
    }

    async Task<OptimizedImage> Optimize(
        OptimizeRequest request, ImageSet images, Func<CancellationToken, Task<IImageOutput>> open, IProgress<LayerProgress>? progress, CancellationToken ct)
    {
        var image = Single(images, request.Image);
        // First: a place that takes no image is told of before gigabytes are read.
        await using var output = await open(ct);
        var bytes = new LayerBytes(limits with { TotalBytes = limits.TotalBytes * 2 });
        var layers = await new SourceLayers(limits, bytes).Read(image.Layers, progress, ct);
        var kept = await new BaseChoice(limits, _registry).Of(request, image, images.Images, [.. layers.Select(layer => layer.Facts)], ct);
        if (kept.Layers > layers.Count)
            throw new UnreadableImageException($"it has {layers.Count} layers, and {kept.Layers} of them are to be kept", "keep fewer");
        var plan = ImagePlan.Of(layers, image.Config, kept.Layers, request.Drop, limits, ct);
        return await new ImageWriting(output, bytes, request, limits).Write(image, kept, layers, plan, ct);
    }

    static FoundImage Single(ImageSet images, InspectionRequest request)
    {
        if (images.Images.Count == 0 && images.Failures is [var failure, ..])
            throw new UnreadableImageException(failure.Reason, failure.Remedy) { Kind = failure.Kind };
        return Inspector.Chosen(images.Images, request).ToList() switch
        {
            [var one] => one,
            var several => throw new UnreadableImageException(
                $"it holds {several.Count} images ({string.Join(", ", several.Select(image => $"{image.DisplayName} ({image.Config.Platform})"))})", "choose one with --platform or --image"),
        };
    }
}
