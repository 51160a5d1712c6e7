using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvProjectTooEarlyRule : IDockerfileRule
{
    static readonly string[] Without = ["--no-install-project", "--no-install-workspace", "--no-install-local", "--only-group", "--only-dev", "--dry-run"];

    public RuleInfo Info { get; } = new("uv-project-too-early", Severity.Medium, "uv installs a project whose sources are not there yet", "Give --no-install-project to this step, and call uv sync again behind the COPY of the sources.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var calls = UvCall.In(file).Where(one => one.IsSync).ToLookup(one => one.Run.Stage.Number);
        return from stage in file.Plan.Stages
               where calls.Contains(stage.Number) && stage.Base is null
               // The first sources that are copied: what stands before them has lists of dependencies alone.
               let lists = stage.Steps.OfType<CopyStep>().FirstOrDefault(HasProject)
               let sources = stage.Steps.OfType<CopyStep>().FirstOrDefault(step => step.From is null && !step.Sources.All(IsList))
               where sources is not null
               from one in calls[stage.Number]
               where one.Run.Step.Source.At < sources.Source.At && (lists is not null && lists.Source.At < one.Run.Step.Source.At || one.Run.Step.Mounts.Any(mount => mount.Kind == "bind" && mount.Source?.EndsWith("pyproject.toml", StringComparison.Ordinal) is true))
               where !one.Call.Has(Without) && !one.Call.MayHoldOptions && !one.Run.IsSet("UV_NO_INSTALL_PROJECT", one.Call) && !one.Run.Step.Mounts.Any(mount => mount.Kind == "bind" && mount.Source is null or "." or "")
               select one.Remark($"this installs the project too, and its sources come with the {sources.Source.Name} of line {sources.Source.At.Line}");
    }

    static bool HasProject(CopyStep step) => step.Sources.Any(source => source.Text.EndsWith("pyproject.toml", StringComparison.Ordinal));

    static bool IsList(PlacedText source) => source.Text.EndsWith(".toml", StringComparison.Ordinal) || source.Text.EndsWith(".lock", StringComparison.Ordinal) || source.Text.EndsWith(".md", StringComparison.Ordinal)
        || source.Text.EndsWith(".txt", StringComparison.Ordinal) || source.Text.EndsWith(".python-version", StringComparison.Ordinal) || source.Text.EndsWith("LICENSE", StringComparison.Ordinal) || source.Text.Contains("uv.lock", StringComparison.Ordinal);
}
