using Plimsoll.Cli.Terminal;
using Plimsoll.Engine;
using Plimsoll.Engine.Archives;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Caching;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary>The surroundings of a Dockerfile that the command line names.</summary>
internal static class GivenSurroundings
{
    /// <summary>Null after saying what could not be read.</summary>
    public static async Task<Surroundings?> Read(GivenDockerfile file, BuildPlan plan, string? folder, string? image, CancellationToken ct)
    {
        ImageAttribution? attribution = null;
        if (image is not null)
        {
            if (await Inspect(image, ct) is not var (report, inspected))
                return null;
            attribution = ImageAttribution.Of(inspected, report, plan, plan.Stages[^1]);
        }
        if (folder is null)
            return new(null, null, attribution);
        if (!Directory.Exists(folder))
        {
            CommandLine.Say(ExitCode.NotInspected, $"{folder}: no such directory: --context names the folder that the build is given");
            return null;
        }
        var context = BuildContext.Read(folder, file.Name == "-" ? null : file.Name, new ContextLimits(), ct);
        return new(ContextReport.Of(context, plan, folder), CacheReport.Of(context, plan, plan.Stages[^1], attribution), attribution);
    }

    static async Task<(ImageReport, InspectedImage)?> Inspect(string name, CancellationToken ct)
    {
        if (SourceName.Read(name) is not { } source)
        {
            CommandLine.Say(SourceName.WhyNot(name));
            return null;
        }
        var registry = RegistrySettings.Of(plainHttp: false);
        await using var bars = LayerBars.Start();
        var inspection = await new Inspector(Limits.Default, registry).Inspect(new InspectionRequest(source), bars, ct);
        foreach (var failure in inspection.Report.Failures)
            CommandLine.Say(failure);
        if (inspection is { Report.Failures: [], Images: [var only] })
            return (inspection.Report.Images[0], only);
        if (inspection.Report.Failures.Count == 0)
            CommandLine.Say(ExitCode.NotInspected, $"{name}: it holds {inspection.Images.Count} images: give an archive of the one that was built from this Dockerfile");
        return null;
    }
}
