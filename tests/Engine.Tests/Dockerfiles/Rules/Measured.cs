using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Dockerfiles.Contexts;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Tests.Dockerfiles.Contexts;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles.Rules;

/// <summary>A context as people have them, and the image that a plain Dockerfile makes of it.</summary>
internal static class Measured
{
    public const int FileBytes = 3 << 20;

    /// <param name="ignore">The lines of the context's <c>.dockerignore</c>.</param>
    public static Surroundings Around(BuildPlan plan, string ignore = "")
    {
        using var folder = new TemporaryFolder().With(("package.json", 2), ("src/app.js", 5), (".git/objects/pack", 5000), ("node_modules/a/x.js", 300), (".env", 20), ("keys/public.pem", 11));
        folder.Write(".dockerignore", ignore);
        return new(ContextReport.Of(folder.Read(), plan, folder.Root), null, Image(plan));
    }

    // COPY brings one large file, and "rm FILE" takes it away again.
    static ImageAttribution Image(BuildPlan plan)
    {
        var image = new ImageBuilder().Layer("ADD rootfs / # buildkit", layer => layer.File("bin/sh", FileBytes));
        foreach (var step in plan.Stages[^1].Steps.Where(step => step is CopyStep or RunStep))
        {
            var text = step.Source.Arguments.Text;
            image.Layer(step is CopyStep ? $"COPY {text} # buildkit" : $"RUN /bin/sh -c {text} # buildkit", layer =>
                step is CopyStep ? layer.File(text.Split(' ')[^1].Trim('/', '.') is { Length: > 0 } path ? path : "all", FileBytes) : text.StartsWith("rm ", StringComparison.Ordinal) ? layer.Delete(text[3..].Trim('/')) : layer.File("srv/made", 1));
        }
        var built = image.Build();
        return ImageAttribution.Of(built, ImageReportBuilder.Of(built), plan, plan.Stages[^1]);
    }
}
