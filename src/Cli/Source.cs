using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Images;

namespace Plimsoll.Cli;

/// <summary>The image that a verb is about, as it is named on the command line, and the options that go with it.</summary>
internal static class Source
{
    static readonly string[] ArchiveEndings = [".tar", ".tgz", ".gz", ".zst", ".oci", ".img"];

    public static Argument<string> Argument(string name = "image")
    {
        var argument = new Argument<string>(name)
        {
            Description = "a docker archive or OCI layout (file or directory), a registry reference, or - for standard input",
        };
        argument.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: ['-', _, ..] } unknown])
                result.AddError($"There is no option '{unknown.Value}'.");
        });
        return argument;
    }

    public static Option<Platform?> PlatformOption() => new("--platform")
    {
        HelpName = "os/arch",
        Description = "only this platform of an image that has several, such as linux/arm64",
        CustomParser = result =>
        {
            if (Platform.TryParse(result.Tokens[0].Value, null, out var platform))
                return platform;
            result.AddError($"'{result.Tokens[0].Value}' is not a platform (os/architecture[/variant]).");
            return null;
        },
    };

    public static Option<string?> ImageOption() => new("--image")
    {
        HelpName = "name", Description = "only this image of an archive that holds several: its name or digest",
    };

    /// <summary>Inspects; what cannot be told from the name to be an image is a failure like any other.</summary>
    public static async Task<Inspection> Inspect(string name, Platform? platform, string? image, CancellationToken ct)
    {
        if (Of(name) is not { } source)
            return new Inspection(new Engine.Reports.Report([], [new Engine.Reports.Failure(name, "there is no such file, and it is not an image reference", "check the path")]), []);
        await using var bars = LayerBars.Start();
        return await new Inspector(Limits.Default).Inspect(new InspectionRequest(source, platform, image), bars, ct);
    }

    /// <summary>The single image that a verb works on; null after saying why there is none.</summary>
    public static async Task<(Engine.Reports.ImageReport Report, InspectedImage Image)?> Single(string name, Platform? platform, string? image, CancellationToken ct)
    {
        var inspection = await Inspect(name, platform, image, ct);
        foreach (var failure in inspection.Report.Failures)
            CommandLine.Say(failure);
        if (inspection.Report.Failures.Count > 0)
            return null;
        if (inspection.Images.Count > 1)
        {
            var names = inspection.Report.Images.Select(i => $"{i.Image.Reference ?? i.Image.ConfigDigest.Short} ({i.Image.Platform})");
            CommandLine.Say(ExitCode.NotInspected, $"{name}: it holds {inspection.Images.Count} images: {string.Join(", ", names)}; choose one with --platform or --image");
            return null;
        }
        return (inspection.Report.Images[0], inspection.Images[0]);
    }

    static ImageSource? Of(string name)
    {
        if (name == "-")
            return new ImageSource.Stream(Console.OpenStandardInput());
        if (File.Exists(name) || Directory.Exists(name))
            return new ImageSource.File(name);
        var looksLikePath = name.StartsWith('.') || name.StartsWith('/') || name.StartsWith('~')
            || ArchiveEndings.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return !looksLikePath && ImageName.TryParse(name, null, out var reference) ? new ImageSource.Registry(reference) : null;
    }
}
