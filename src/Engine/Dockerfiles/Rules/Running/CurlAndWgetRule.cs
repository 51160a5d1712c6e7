using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class CurlAndWgetRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("curl-and-wget", Severity.Info, "A stage downloads with both curl and wget", "Use one of the two, and do not install the other.", "DL4001");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        foreach (var stage in file.Runs.GroupBy(run => run.Stage.Number))
        {
            var calls = stage.SelectMany(run => ProgramCall.In(run).Where(call => call.Program is "curl" or "wget").Select(call => (Run: run, call.Program))).ToList();
            if (calls.Count > 0 && calls.Find(call => call.Program != calls[0].Program) is { Run: { } run, Program: var other })
                yield return run.Remark(other, $"a step above uses {calls[0].Program} for the same");
        }
    }
}
