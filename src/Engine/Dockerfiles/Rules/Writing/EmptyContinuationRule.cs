using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Writing;

internal sealed class EmptyContinuationRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("empty-continuation", Severity.Low,
        "An empty line stands inside of an instruction", "Take the line out, or write a # on it.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) => file.Plan.File.EmptyContinuations.Select(line =>
        new Remark("a later version of the builder ends the instruction here", line, line) { Fix = [new(line, new(line.Line + 1, 1), "")] });
}
