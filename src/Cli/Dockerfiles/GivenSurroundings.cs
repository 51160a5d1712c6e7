using System.CommandLine;
using System.CommandLine.Parsing;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary>The surroundings of a Dockerfile that the command line names.</summary>
internal sealed class GivenSurroundings
{
    readonly Option<string?> _context = new("--context") { HelpName = "directory", Description = "the folder that the build is given: how large it is, what to ignore, and what a change of which files rebuilds" };
    readonly Option<string?> _image = new("--image") { HelpName = "image", Description = "the image that was built from it: which line put how many bytes there, which of them are wasted, and what was found in them" };
    readonly Option<string?> _name = new("--image-name") { HelpName = "name", Description = "only this image of an archive that holds several: its name or digest" };
    readonly ImageOptions _options;

    public GivenSurroundings(Verb verb)
    {
        verb.Add(_context);
        verb.Add(_image);
        verb.Add(_name);
        _options = new ImageOptions(verb);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(_image) is null && (result.GetValue(_name) is not null || _options.AreGiven(result)))
                result.AddError("--image-name, --platform and --plain-http are about the image: give --image");
        });
    }

    /// <summary>What stands where, for the verb's own rules: a value, or null where it was not given.</summary>
    public (string? Context, string? Image) Names(CommandResult result) => (result.GetValue(_context), result.GetValue(_image));

    /// <summary>Null after saying what could not be read.</summary>
    public async Task<Surroundings?> Read(ParseResult parsed, GivenDockerfile file, BuildPlan plan, CancellationToken ct)
    {
        var attribution = parsed.GetValue(_image) is { } image ? await Attribute(parsed, image, plan, ct) : null;
        if (attribution is null && parsed.GetValue(_image) is not null)
            return null;
        if (parsed.GetValue(_context) is not { } folder)
            return new(null, null, attribution);
        if (!Directory.Exists(folder))
        {
            CommandLine.Say(ExitCode.NotInspected, $"{folder}: no such directory: --context names the folder that the build is given");
            return null;
        }
        var context = BuildContext.Read(folder, file.Name == "-" ? null : file.Name, new ContextLimits(), ct);
        return new(ContextReport.Of(context, plan, folder), CacheReport.Of(context, plan, plan.Stages[^1], attribution), attribution);
    }

    // Of several images the one that was built from this file.
    async Task<ImageAttribution?> Attribute(ParseResult parsed, string name, BuildPlan plan, CancellationToken ct)
    {
        var inspection = await _options.Inspect(parsed, name, parsed.GetValue(_name), ct);
        foreach (var failure in inspection.Report.Failures)
            CommandLine.Say(failure);
        if (inspection.Report.Failures.Count > 0)
            return null;
        List<ImageAttribution> all = [.. inspection.Images.Zip(inspection.Report.Images, (image, report) => ImageAttribution.Of(image, report, plan, plan.Stages[^1]))];
        if (all is [var only])
            return only;
        List<ImageAttribution> fitting = [.. all.Where(image => image.Fits)];
        if (fitting is [var one])
            return one;
        CommandLine.Say(ExitCode.NotInspected, $"{name}: it holds {Source.Several(inspection.Report)}, of which {(fitting.Count == 0 ? "none was" : $"{fitting.Count} may have been")} built from this Dockerfile: choose one with --image-name or --platform");
        return null;
    }
}
