using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Stages;

/// <remarks>A name with a registry, a folder, a tag or a digest is an image; a bare word is meant as a stage, and may be a named context of the
/// build.</remarks>
internal sealed class UnknownStageRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("unknown-stage", Severity.Low,
        "Something is taken from a stage that is not there", "Name a stage of this file, or an image with its tag.", "DL3022");

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        foreach (var (_, step) in file.Steps)
            if (step is CopyStep { From: { } from } && IsUnknown(file, from.Text))
                yield return Remark.At(from, Missing(from.Text));
            else if (step is RunStep run)
                foreach (var mount in run.Mounts)
                    if (mount.From is { } name && IsUnknown(file, name))
                        yield return new Remark(Missing(name), mount.At, mount.At with { Column = mount.At.Column + "--mount".Length });
    }

    static string Missing(string name) => name.All(char.IsAsciiDigit) ? $"no stage has the number {name}: they are counted from 0"
        : $"no stage is called {name}: a build looks for a context or an image of this name";

    static bool IsUnknown(ReviewedFile file, string name) => name != "scratch" && !name.AsSpan().ContainsAny("$/:.@") && file.Plan.Find(name) is null;
}
