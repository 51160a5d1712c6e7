using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

internal sealed class UvProjectTooEarlyRule : IDockerfileRule
{
    static readonly string[] Without = ["--no-install-project", "--no-install-workspace",
        "--no-install-local", "--only-group", "--only-dev", "--dry-run"];

    public RuleInfo Info { get; } = new(
        "uv-project-too-early", Severity.Medium, "uv installs a project whose sources are not there yet",
        "Give --no-install-project to this step, and call uv sync again behind the COPY of the sources.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var calls = UvCall.In(file).Where(one => one.IsSync && InstallsProject(one)).ToLookup(one => one.Run.Stage.Number);
        foreach (var stage in file.Plan.Stages.Where(stage => stage.Base is null && calls.Contains(stage.Number)))
        {
            // What stands before the first sources has lists of dependencies alone.
            var copies = stage.Steps.OfType<CopyStep>().Where(step => step.From is null).ToList();
            if (copies.Find(step => !step.Sources.All(IsList)) is not { } sources)
                continue;
            var lists = copies.Find(step => step.Sources.Any(IsProject));
            foreach (var one in calls[stage.Number].Where(one => one.Run.Step.Source.At < sources.Source.At))
                if (lists is not null && lists.Source.At < one.Run.Step.Source.At || one.Run.Step.Mounts.Any(BindsProject))
                    yield return one.Remark(
                        $"this installs the project too, and its sources come with the {sources.Source.Name} of line {sources.Source.At.Line}");
        }
    }

    // Not where the whole context is there for the time of the step.
    static bool InstallsProject(UvCall one) => !one.Call.Has(Without) && !one.Call.MayHoldOptions && !one.Run.IsSet("UV_NO_INSTALL_PROJECT", one.Call)
        && !one.Run.Step.Mounts.Any(mount => mount is { Kind: "bind", From: null, Source: null or "." or "" });

    static bool BindsProject(RunMount mount) => mount.Kind == "bind" && mount.Source?.EndsWith("pyproject.toml", StringComparison.Ordinal) is true;

    static bool IsProject(PlacedText source) => source.Text.EndsWith("pyproject.toml", StringComparison.Ordinal);

    static bool IsList(PlacedText source) => Lists.Any(end => source.Text.EndsWith(end, StringComparison.Ordinal));

    static readonly string[] Lists = [".toml", "uv.lock", "uv.lock*", ".lock", ".md", ".rst", ".txt", ".python-version", "LICENSE"];
}
