using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class SystemPackagesAfterSourceRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("system-packages-after-source", Severity.Low,
        "Packages of the system are installed anew after every change of the source", "Install them before the source is copied.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var runs = RunsByStep.Of(file);
        foreach (var stage in file.Plan.Stages)
        {
            BuildStep? whole = null;
            foreach (var step in stage.Steps)
                if (whole is null)
                    whole = CopiedPaths.IsWholeContext(step) ? step : null;
                else if (step is RunStep run && runs[run].Calls.FirstOrDefault(Installs) is { } call)
                {
                    yield return call.Words[0].Remark(
                        $"{call.Program} installs packages after line {whole.Source.At.Line} copied all of the source, "
                        + "so that each change of any file does it again");
                    break;
                }
        }
    }

    static bool Installs(RunCall call) =>
        (call.Program, call.Verb()) is ("apt-get" or "apt" or "aptitude" or "dnf" or "microdnf" or "yum" or "zypper", "install") or ("apk", "add");
}
