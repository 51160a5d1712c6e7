using System.Globalization;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The verdict with each rule of the policy: first those that fail, with what would make them pass.</summary>
internal static class VerdictPart
{
    public static void Write(Verdict? verdict, string id, HtmlWriter page)
    {
        if (verdict is null)
            return;
        var outcome = verdict.Outcome.ToString();
        page.Write($"<section id=\"{id}-policy\" class=\"verdict {outcome.ToLowerInvariant()}\">\n");
        Mark.Write(verdict.Outcome, page);
        page.Write($"<div><h3>{outcome}</h3>\n<p>{Summary(verdict)}</p></div>\n</section>\n");
        page.Write($"<div class=\"rules\">\n");
        Rules($"Rules of policy {verdict.Policy}", verdict.Rules.Where(rule => rule.Outcome != Outcome.Pass).OrderByDescending(rule => rule.Outcome), page);
        var passed = verdict.Rules.Where(rule => rule.Outcome == Outcome.Pass).ToList();
        if (passed.Count > 0)
        {
            page.Write($"<details><summary>{passed.Count} {(passed.Count == 1 ? "rule passes" : "rules pass")}</summary>\n");
            Rules("Rules that pass", passed, page);
            page.Write($"</details>\n");
        }
        Exemptions(verdict.Exemptions, page);
        page.Write($"</div>\n");
    }

    static string Summary(Verdict verdict)
    {
        int Count(Outcome outcome) => verdict.Rules.Count(rule => rule.Outcome == outcome);
        var parts = new[] { (Count(Outcome.Fail), "fail"), (Count(Outcome.Undecided), "undecided"), (Count(Outcome.Pass), "pass") }
            .Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}");
        return $"Policy {verdict.Policy}: {(verdict.Rules.Count == 0 ? "it has no rules" : string.Join(", ", parts))}";
    }

    static void Rules(string caption, IEnumerable<RuleResult> rules, HtmlWriter page)
    {
        var all = rules.ToList();
        if (all.Count == 0)
            return;
        page.Write($"<table>\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Rule</th><th scope=\"col\">Limit</th><th scope=\"col\">Actual</th></tr></thead>\n<tbody>\n");
        foreach (var rule in all)
        {
            page.Write($"<tr><th scope=\"row\"><span class=\"outcome {rule.Outcome.ToString().ToLowerInvariant()}\">{rule.Outcome.ToString()}</span> <code>{rule.Rule}</code></th><td>{rule.Limit}</td><td>{rule.Actual}");
            if (rule.Advice is { } advice)
                page.Write($"<p class=\"advice\">{advice}</p>");
            page.Write($"</td></tr>\n");
        }
        page.Write($"</tbody>\n</table>\n");
    }

    static void Exemptions(IReadOnlyList<UsedExemption> exemptions, HtmlWriter page)
    {
        if (exemptions.Count == 0)
            return;
        page.Write($"<table>\n<caption>Exemptions used</caption>\n<thead><tr><th scope=\"col\">Exempt</th><th scope=\"col\">Reason</th><th scope=\"col\">Until</th></tr></thead>\n<tbody>\n");
        foreach (var used in exemptions)
            page.Write($"<tr><th scope=\"row\"><code>{used.Id}</code><p class=\"soft\">{used.Exempted}</p></th><td>{used.Reason}<p class=\"soft\">{used.Owner}</p></td><td>{used.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</td></tr>\n");
        page.Write($"</tbody>\n</table>\n");
    }
}
