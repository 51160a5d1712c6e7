using Plimsoll.Engine.Gates;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The verdict, as one sees it from across the room.</summary>
internal static class VerdictPart
{
    public static void Write(Verdict? verdict, HtmlWriter page)
    {
        if (verdict is null)
            return;
        var outcome = verdict.Outcome.ToString();
        page.Write($"<section class=\"verdict {outcome.ToLowerInvariant()}\">\n");
        Mark.Write(verdict.Outcome, page);
        page.Write($"<div><h3>{outcome}</h3>\n<p>Policy {verdict.Policy}: {Summary(verdict)}</p></div>\n</section>\n");
    }

    // "6 rules failed, 3 undecided, 3 passed"
    static string Summary(Verdict verdict) => verdict.Rules.Count == 0 ? "it has no rules"
        : string.Join(", ", verdict.Rules.CountBy(rule => rule.Outcome).OrderByDescending(count => count.Key)
            .Select((count, i) => $"{count.Value} {(i > 0 ? "" : count.Value == 1 ? "rule " : "rules ")}{Word(count.Key)}"));

    static string Word(Outcome outcome) => outcome switch { Outcome.Fail => "failed", Outcome.Undecided => "undecided", _ => "passed" };
}
