using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Writing;

internal sealed class MaintainerRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("maintainer", Severity.Low, "MAINTAINER is to go away",
        "Write LABEL org.opencontainers.image.authors=\"…\".", "DL4000");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let maintainer = one.Step as TextStep
        where maintainer is { Source.Name: "MAINTAINER" }
        select Remark.At(maintainer.Source.Keyword, "what MAINTAINER says tools look for in a label") with { Fix = Fix(maintainer) };

    static IReadOnlyList<TextEdit> Fix(TextStep maintainer)
    {
        var name = maintainer.Value.Text is ['"', .. var quoted, '"'] ? quoted : maintainer.Value.Text;
        return name.AsSpan().ContainsAny("\"\\$`") || maintainer.Value.Start.Line != maintainer.Value.End.Line
            || maintainer.Source.At.Line != maintainer.Value.Start.Line ? []
            : [new(maintainer.Source.Keyword.Start, maintainer.Value.End, $"LABEL org.opencontainers.image.authors=\"{name}\"")];
    }
}
