using System.CommandLine;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>The base that the caller gives: the layers tell whether an image was built on it, and what came from there.</summary>
internal static class GivenBase
{
    public static Option<string?> Option() => new("--base")
    {
        HelpName = "image", Description = "the image that this one was built on: says which vulnerabilities come from it; none of its layers are read",
    };

    /// <summary>The report of images that were built on it. Of one that was not, its own word stands, and a line on standard error says where they part.</summary>
    public static async Task<Report> Find(ParseResult parsed, Source source, string name, Report report, CancellationToken ct)
    {
        if (report.Images.Count == 0)
            return report;
        var candidates = await source.Bases(parsed, name, report.Images is [var only] ? only.Image.Platform : null, ct);
        return new Report([.. report.Images.Select(image => On(candidates.Images, name, image))], [.. report.Failures, .. candidates.Failures]);
    }

    static ImageReport On(IReadOnlyList<BaseCandidate> candidates, string name, ImageReport image)
    {
        List<Engine.Images.Digest> layers = [.. image.Layers.Select(layer => layer.DiffId)];
        if (BaseSearch.Of(layers, candidates, BaseEvidence.Given) is { } found)
            return image.WithBase(found.Name is null ? found with { Name = name } : found);
        if (candidates.Count > 0)
            CommandLine.Warn($"{image.Image.Reference ?? image.Image.ConfigDigest.Short} was not built on {name}: {BaseSearch.WhyNot(layers, candidates)}");
        return image;
    }
}
