using Plimsoll.Engine.Dockerfiles.Steps;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Dockerfiles.Rules.Writing;

internal sealed class KeywordCaseRule : IDockerfileRule
{
    public RuleInfo Info { get; } = new("keyword-case", Severity.Info, "Keywords are not all written alike",
        "Write all of them in upper case.", null);

    public IEnumerable<Remark> Run(ReviewedFile file)
    {
        var keywords = file.Plan.File.Instructions.Select(one => one.Keyword).ToList();
        // Small letters throughout are a taste.
        var isLower = keywords.TrueForAll(keyword => !keyword.Text.Any(char.IsUpper));
        var all = keywords.Concat(file.Plan.Stages.Select(stage => As(stage.From)).OfType<PlacedText>());
        return from keyword in all
               let expected = isLower ? keyword.Text.ToLowerInvariant() : keyword.Text.ToUpperInvariant()
               where keyword.Text != expected
               select Remark.At(keyword, $"{keyword} is {expected} elsewhere in this file") with { Fix = keyword.Start.Line == keyword.End.Line
                   ? [new(keyword.Start, keyword.End, expected)] : [] };
    }

    // Between the image and the name of the stage.
    static PlacedText? As(FromStep from)
    {
        if (from.Name is null)
            return null;
        var words = from.Source.Arguments;
        var start = from.Image.Length;
        while (char.IsWhiteSpace(words.Text[start]))
            start++;
        return words.Slice(start, 2);
    }
}
