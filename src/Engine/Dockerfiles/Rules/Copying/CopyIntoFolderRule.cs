using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class CopyIntoFolderRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("copy-into-folder", Severity.High,
        "Several files are copied to what is no folder", "End the destination with a slash.", "DL3021");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let copy = one.Step as CopyStep
        where copy is { Sources.Count: > 1 } && copy.Destination.Text is not ("." or ".." or [.., '/' or '\\' or '.' or '"' or '\'' or '}'])
            && !IsVariable(copy.Destination.Text)
        select Remark.At(copy.Destination, $"a build refuses {copy.Sources.Count} sources where the destination does not end with a slash")
            with { Fix = [new(copy.Destination.End, copy.Destination.End, "/")] };

    static bool IsVariable(string path) => path.LastIndexOf('$') > path.LastIndexOf('/');
}
