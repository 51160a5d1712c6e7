using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
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

    readonly Option<bool> _plainHttp = new("--plain-http")
    {
        Description = "speak to the registry without HTTPS (a registry on this machine needs no telling)",
    };

    readonly Option<Platform?> _platform = new("--platform")
    {
        HelpName = "os/arch",
        Description = "only this platform of an image that has several, such as linux/arm64",
        CustomParser = result =>
        {
            if (Platform.TryParse(result.Tokens[0].Value, null, out var platform))
                return platform;
            result.AddError($"'{result.Tokens[0].Value}' is not a platform (os/architecture[/variant], such as linux/arm64)");
            return null;
        },
    };

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
        verb.Validators.Add(result =>
        {
            if (RegistrySettings.Problem() is { } problem)
                result.AddError(problem);
        });
        foreach (var image in _images)
            verb.Add(image);
        verb.Add(_platform);
        verb.Add(_named);
        verb.Add(_plainHttp);
    }

    /// <summary>What the argument at <paramref name="number"/> says.</summary>
    public string Name(ParseResult parsed, int number) => parsed.GetValue(_images[number])!;

    /// <summary>Inspects what the argument at <paramref name="number"/> names; what cannot be an image is a failure like any other.</summary>
    public async Task<Inspection> Inspect(ParseResult parsed, int number, CancellationToken ct)
    {
        if (Request(parsed, number) is not var (request, registry))
            return new Inspection(new Report([], [SourceName.WhyNot(Name(parsed, number))]), []);
        await using var bars = LayerBars.Start();
        return await new Inspector(Limits.Default, registry).Inspect(request, bars, ct);
    }

    /// <summary>What the argument at <paramref name="number"/> asks for, and how registries are reached; null where it cannot be an image.</summary>
    /// <param name="alsoPlain">Another registry that <c>--plain-http</c> is about.</param>
    public (InspectionRequest Image, RegistryOptions Registry)? Request(ParseResult parsed, int number, string? alsoPlain = null)
    {
        if (SourceName.Read(Name(parsed, number)) is not { } source)
            return null;
        var registry = RegistrySettings.Of(parsed.GetValue(_plainHttp), (source as ImageSource.Registry)?.Name.Registry ?? "", alsoPlain ?? "");
        return (new InspectionRequest(source, parsed.GetValue(_platform), parsed.GetValue(_named)?.ElementAtOrDefault(number)), registry);
    }

    /// <summary>The images behind another word, on which an image may have been built. No layer of them is read.</summary>
    public async Task<BaseCandidates> Bases(ParseResult parsed, string name, Platform? platform, CancellationToken ct)
    {
        if (SourceName.Read(name) is not { } source)
            return new BaseCandidates([], [SourceName.WhyNot(name)]);
        var registry = RegistrySettings.Of(parsed.GetValue(_plainHttp), (source as ImageSource.Registry)?.Name.Registry ?? "");
        return await new Inspector(Limits.Default, registry).Bases(new InspectionRequest(source, platform), ct);
    }

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
        var names = inspection.Report.Images
            .Select(image => $"{image.Image.Reference ?? image.Image.ConfigDigest.Short} ({image.Image.Platform})").ToList();
        CommandLine.Say(
            ExitCode.NotInspected,
            $"{parsed.GetValue(_images[number])}: it holds {names.Count} images ({string.Join(", ", names)}): choose one with --platform or --image");
        return null;
    }
}
