using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class LostInVolumeRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("lost-in-volume", Severity.Low,
        "A step writes into what is a volume already", "Write VOLUME behind the steps that fill it.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var runs = RunsByStep.Of(file);
        foreach (var stage in file.Plan.Stages)
        {
            var (folder, volumes) = (new WorkingFolder(), new PathSet());
            foreach (var step in stage.Steps)
            {
                folder.Pass(step);
                if (step is ListStep { Source.Name: "VOLUME" } list)
                    foreach (var path in list.Values.Select(value => folder.Of(value.Text)).OfType<string>())
                        volumes.Add(path);
                else if (step is CopyStep copy && folder.Of(copy.Destination.Text) is { } destination && volumes.Has(destination))
                    yield return Remark.At(copy.Destination,
                        "a VOLUME above covers this path: not every builder keeps what is put there, and a mounted volume hides it");
                else if (step is RunStep run && runs[run].Calls.SelectMany(call => call.Arguments()).FirstOrDefault(word => word.Text is ['/', ..]
                    && folder.Of(word.Text) is { } whole && volumes.Has(whole)) is { Text: not null } written)
                    yield return written.Remark(
                        "a VOLUME above covers this path: not every builder keeps what is put there, and a mounted volume hides it");
            }
        }
    }
}
