using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules;

internal sealed class RelativeWorkdirRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("relative-workdir", Severity.Low,
        "WORKDIR depends on where a base image left off", "Write the whole path.", "DL3000");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from stage in file.Plan.Stages
        let workdirs = stage.Steps.OfType<TextStep>().Where(step => step.Source.Name == "WORKDIR").ToList()
        where stage.Base is null && workdirs.Count > 0 && IsRelative(workdirs[0].Value.Text)
        select Remark.At(workdirs[0].Value, $"{workdirs[0].Value} is relative, and nothing above it in this stage says to what");

    // A variable may hold a whole path, a drive letter makes one on Windows.
    static bool IsRelative(string path) => path.Trim('"', '\'') is not (['/' or '\\' or '$', ..] or [_, ':', ..]);
}
