using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

internal sealed class ShadowedStageRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("shadowed-stage", Severity.Medium,
        "The name of a stage means two things", "Give each stage a name of its own.", "DL3024");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var (seen, images) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        foreach (var stage in file.Plan.Stages)
        {
            if (stage.Image is { } image)
                images.Add(image);
            if (stage.From.Name is not { } name)
                continue;
            if (!seen.Add(name.Text))
                yield return Remark.At(name, $"a stage above is called {name} too");
            else if (name.Text.Equals("scratch", StringComparison.OrdinalIgnoreCase))
                yield return Remark.At(name, "scratch is what FROM calls no image at all");
            else if (name.Text.Equals("context", StringComparison.OrdinalIgnoreCase))
                yield return Remark.At(name, "context is what the builder calls the files that it is given");
            else if (images.Contains(name.Text))
                yield return Remark.At(name,
                    $"FROM {name} stands above this stage or begins it, and means an image of that name; below it means the stage");
        }
    }
}
