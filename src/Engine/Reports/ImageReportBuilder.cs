using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Files;
using Plimsoll.Engine.Secrets;

namespace Plimsoll.Engine.Reports;

/// <summary>Writes down what is known of an image.</summary>
internal static class ImageReportBuilder
{
    public static ImageReport Of(InspectedImage image)
    {
        WasteReport? waste = null;
        IReadOnlyList<Finding>? findings = null;
        IReadOnlyList<PackageReport>? packages = null;
        // Each walks the whole tree, and none changes it.
        Parallel.Invoke(
            () => findings = CheckCatalogue.Run(image),
            () => waste = Waste.Of(image.Layers, image.Tree),
            () => packages = image.Packages);
        return new ImageReport(
            Identity(image),
            Config(image),
            [.. image.Layers.Select((layer, number) => Layer(image, layer, number))],
            waste!,
            findings!,
            SecretFinder.Find(image),
            packages!,
            Vulnerabilities: null,
            Advisories: null,
            [.. image.Layers.SelectMany((layer, number) => layer.Notes.Select(note => $"layer {number}: {note}"))],
            Verdict: null)
        {
            Base = image.Base,
        };
    }

    static ImageIdentity Identity(InspectedImage image) => new(
        image.References is [var name, ..] ? name : null,
        image.ManifestDigest,
        image.ConfigDigest,
        image.Config.Platform,
        image.Config.Created?.ToUniversalTime(),
        image.Layers.Sum(layer => layer.Size),
        image.Layers.Sum(layer => layer.CompressedSize),
        image.Attestations);

    static ConfigReport Config(InspectedImage image)
    {
        // What an image says of itself may hold a secret anywhere.
        var config = image.Config;
        return new ConfigReport(
            config.User, image.Mask.MaskWords(config.Entrypoint), image.Mask.MaskWords(config.Cmd), [.. config.Env.Select(variable => variable.Key)], config.ExposedPorts,
            config.HealthCheck is { IsActive: true } health ? image.Mask.Mask(string.Join(' ', health.Test.Skip(1))) : null,
            config.Volumes, config.Labels.ToDictionary(label => label.Key, label => image.Mask.MaskNamed(label.Key, label.Value)), config.StopSignal, config.WorkingDir, image.Os);
    }

    static LayerReport Layer(InspectedImage image, LayerIndex layer, int number)
    {
        var change = image.Tree.Changes[number];
        return new LayerReport(
            layer.Digest, layer.DiffId, image.Config.CommandOf(number) is { } command ? image.Mask.Mask(command) : null, layer.Size, layer.CompressedSize, layer.Files,
            change.Added, change.Overwritten, change.Removed, image.Tree.ReclaimableIn(number));
    }
}
