using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Running;

/// <remarks>Layers of stages that are not shipped cost nothing, and two steps are often meant to be two.</remarks>
internal sealed class ConsecutiveRunsRule : IDockerfileRule
{
    const int Many = 3;

    public RuleInfo Info { get; } = new("consecutive-runs", Severity.Info,
        "One step after another makes a layer of its own", "Join them with && or in one document, where none of them is changed alone.", "DL3059");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        foreach (var stage in StageLine.Of(file.Target))
        {
            var runs = new List<RunStep>();
            foreach (var step in stage.Steps.Append(null))
                if (step is RunStep run)
                    runs.Add(run);
                else
                {
                    if (runs.Count >= Many)
                        yield return Remark.At(runs[1].Source.Keyword, $"{runs.Count} RUN in a row make {runs.Count} layers of the image");
                    runs.Clear();
                }
        }
    }
}
