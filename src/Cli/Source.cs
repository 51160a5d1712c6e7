using System.CommandLine;
using Plimsoll.Engine;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>The images that a verb is about: its arguments, and the options that say which of the images behind them is meant.</summary>
internal sealed class Source
{
    readonly Argument<string>[] _images;
    readonly Option<string[]> _named;
    readonly ImageOptions _options;

    public Source(Verb verb, params string[] arguments)
    {
        _images = [.. arguments.Select(SourceName.Argument)];
        _named = new Option<string[]>("--image")
        {
            HelpName = "name",
            Description = "only this image of an archive that holds several: its name or digest"
                + (arguments.Length > 1 ? "; give it twice, in the order of the archives" : ""),
            Arity = ArgumentArity.OneOrMore,
        };
        _named.Validators.Add(result =>
        {
            if (result.Tokens.Count > arguments.Length)
                result.AddError($"--image is given {result.Tokens.Count} times; {arguments.Length} is the most");
        });
        foreach (var image in _images)
            verb.Add(image);
        verb.Add(_named);
        _options = new ImageOptions(verb);
    }

    /// <summary>What the argument at <paramref name="number"/> says.</summary>
    public string Name(ParseResult parsed, int number) => parsed.GetValue(_images[number])!;

    /// <summary>Inspects what the argument at <paramref name="number"/> names; what cannot be an image is a failure like any other.</summary>
    public Task<Inspection> Inspect(ParseResult parsed, int number, CancellationToken ct) => _options.Inspect(parsed, Name(parsed, number), Wanted(parsed, number), ct);

    /// <summary>What the argument at <paramref name="number"/> asks for, and how registries are reached; null where it cannot be an image.</summary>
    /// <param name="alsoPlain">Another registry that <c>--plain-http</c> is about.</param>
    public (InspectionRequest Image, RegistryOptions Registry)? Request(ParseResult parsed, int number, string? alsoPlain = null) =>
        _options.Request(parsed, Name(parsed, number), Wanted(parsed, number), alsoPlain);

    /// <summary>The images behind another word, on which an image may have been built. No layer of them is read.</summary>
    public Task<BaseCandidates> Bases(ParseResult parsed, string name, Platform? platform, CancellationToken ct) => _options.Bases(parsed, name, platform, ct);

    /// <summary>The single image that a verb works on; null after saying why there is none.</summary>
    public async Task<(ImageReport Report, InspectedImage Image)?> Single(ParseResult parsed, int number, CancellationToken ct)
    {
        var inspection = await Inspect(parsed, number, ct);
        foreach (var failure in inspection.Report.Failures)
            CommandLine.Say(failure);
        if (inspection.Report.Failures.Count > 0)
            return null;
        if (inspection.Images.Count == 1)
            return (inspection.Report.Images[0], inspection.Images[0]);
        CommandLine.Say(ExitCode.NotInspected, $"{Name(parsed, number)}: it holds {Several(inspection.Report)}: choose one with --platform or --image");
        return null;
    }

    /// <summary>How many images there are, and which.</summary>
    public static string Several(Report report) =>
        $"{report.Images.Count} images ({string.Join(", ", report.Images.Select(image => $"{image.Image.Reference ?? image.Image.ConfigDigest.Short} ({image.Image.Platform})"))})";

    string? Wanted(ParseResult parsed, int number) => parsed.GetValue(_named)?.ElementAtOrDefault(number);
}
