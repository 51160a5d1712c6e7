using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Writing;

internal sealed class OldEnvFormRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("old-form", Severity.Low, "ENV or LABEL is written without an equals sign", "Write name=value.", null);

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let values = one.Step switch { EnvStep { IsOld: true } env => env.Values, LabelStep { IsOld: true } label => label.Values, _ => [] }
        from pair in values
        where pair.Value is { Length: > 0 }
        select Remark.At(pair.Name, $"{pair.Name} takes all of the rest of the line as its value") with { Fix = Fix(pair.Name, pair.Value!) };

    // What is quoted in part or continued on another line stays with its author.
    static IReadOnlyList<TextEdit> Fix(PlacedText name, PlacedText value) =>
        name.Text.AsSpan().ContainsAny("\"'\\$") || name.Start.Line != value.End.Line ? []
            : IsQuoted(value.Text) ? [new(name.End, value.Start, "=")]
            : value.Text.AsSpan().ContainsAny("\"'\\`") ? []
            : value.Text.AsSpan().ContainsAny(" \t")
                ? [new(name.End, value.Start, "=\""), new(value.End, value.End, "\"")] : [new(name.End, value.Start, "=")];

    static bool IsQuoted(string value) =>
        value is ['"' or '\'', _, ..] && value[^1] == value[0] && !value.AsSpan(1, value.Length - 2).ContainsAny("\"'\\`");
}
