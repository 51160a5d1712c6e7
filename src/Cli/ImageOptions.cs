using System.CommandLine;
using System.CommandLine.Parsing;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>How a word that names an image is read: which platform of it is meant, and how registries are reached. Every verb that reads images has these options.</summary>
internal sealed class ImageOptions
{
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

    public ImageOptions(Verb verb)
    {
        verb.Validators.Add(result =>
        {
            if (RegistrySettings.Problem() is { } problem)
                result.AddError(problem);
        });
        verb.Add(_platform);
        verb.Add(_plainHttp);
    }

    /// <summary>Whether one of them was given.</summary>
    public bool AreGiven(CommandResult parsed) => parsed.GetResult(_platform) is not null || parsed.GetResult(_plainHttp) is { Implicit: false };

    /// <summary>Inspects what a word names; what cannot be an image is a failure like any other.</summary>
    /// <param name="wanted">Of an archive with several images, the name or digest of the one that is meant; null for all.</param>
    public async Task<Inspection> Inspect(ParseResult parsed, string name, string? wanted, CancellationToken ct)
    {
        if (Request(parsed, name, wanted) is not var (request, registry))
            return new Inspection(new Report([], [SourceName.WhyNot(name)]), []);
        await using var bars = LayerBars.Start();
        return await new Inspector(Limits.Default, registry).Inspect(request, bars, ct);
    }

    /// <summary>What a word asks for, and how registries are reached; null where it cannot be an image.</summary>
    /// <param name="alsoPlain">Another registry that <c>--plain-http</c> is about.</param>
    public (InspectionRequest Image, RegistryOptions Registry)? Request(ParseResult parsed, string name, string? wanted, string? alsoPlain = null)
    {
        if (SourceName.Read(name) is not { } source)
            return null;
        return (new InspectionRequest(source, parsed.GetValue(_platform), wanted), Registry(parsed, source, alsoPlain));
    }

    /// <summary>The images behind another word, on which an image may have been built. No layer of them is read.</summary>
    public async Task<BaseCandidates> Bases(ParseResult parsed, string name, Platform? platform, CancellationToken ct)
    {
        if (SourceName.Read(name) is not { } source)
            return new BaseCandidates([], [SourceName.WhyNot(name)]);
        return await new Inspector(Limits.Default, Registry(parsed, source, null)).Bases(new InspectionRequest(source, platform), ct);
    }

    RegistryOptions Registry(ParseResult parsed, ImageSource source, string? alsoPlain) =>
        RegistrySettings.Of(parsed.GetValue(_plainHttp), (source as ImageSource.Registry)?.Name.Registry ?? "", alsoPlain ?? "");
}
