using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

internal sealed class CurlAndWgetRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("curl-and-wget", Severity.Info,
        "A stage downloads with both curl and wget", "Use one of the two, and do not install the other.", "DL4001");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        foreach (var stage in file.Runs.GroupBy(run => run.Stage.Number))
        {
            var calls = stage.SelectMany(run => run.Calls).Where(call => call.Program is "curl" or "wget").ToList();
            if (calls.Find(call => call.Program != calls[0].Program) is { } other)
                yield return other.Words[0].Remark($"a step above uses {calls[0].Program} for the same");
        }
    }
}
