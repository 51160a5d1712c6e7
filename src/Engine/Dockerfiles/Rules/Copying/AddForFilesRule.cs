using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Copying;

internal sealed class AddForFilesRule : IDockerfileRule
{
    static readonly string[] Archives = [".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz", ".tbz2",
        ".tar.xz", ".txz", ".tar.zst", ".tzst", ".gz", ".bz2", ".xz", ".zst"];

    public RuleInfo Info { get; } = new("add-for-files", Severity.Low, "ADD is used where COPY does", "Use COPY for files of the context.", "DL3020");

    public IEnumerable<Remark> Run(ReviewedFile file) =>
        from one in file.Steps
        let add = one.Step as CopyStep
        where add is { IsAdd: true, Sources.Count: > 0 } && !add.Sources.Any(source => IsMore(source.Text))
        select Remark.At(add.Source.Keyword,
            "these are files of the context, and ADD would unpack them if they were archives") with { Fix = Fix(add) };

    // What an address or an archive is, ADD is for; what a variable names is not known.
    static bool IsMore(string source) => source.Contains("://", StringComparison.Ordinal)
        || source.Contains('$', StringComparison.Ordinal) || source.StartsWith("git@", StringComparison.Ordinal)
        || Archives.Any(ending => source.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    // A pattern may match an archive, a name that does not say what it is of may be one, and a flag may be one that COPY does not have.
    static IReadOnlyList<TextEdit> Fix(CopyStep add) =>
        add.Sources.Any(source => source.Text.AsSpan().ContainsAny("*?[") || !SaysWhatItIs(source.Text))
            || add.Source.Flags.Any(flag => flag.Name is "checksum" or "keep-git-dir" or "unpack") ? []
            : [new(add.Source.Keyword.Start, add.Source.Keyword.End, char.IsLower(add.Source.Keyword.Text[0]) ? "copy" : "COPY")];

    static bool SaysWhatItIs(string source) => source is "." or ".." || source.EndsWith('/')
        || source[(source.LastIndexOf('/') + 1)..].TrimStart('.').Contains('.', StringComparison.Ordinal);
}
