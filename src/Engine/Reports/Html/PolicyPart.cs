using System.Globalization;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>Each rule of the policy: first those that fail, with what would make them pass; those that pass are folded away.</summary>
internal static class PolicyPart
{
    public static void Write(Verdict? verdict, string id, HtmlWriter page)
    {
        if (verdict is null)
            return;
        page.Write($"<section id=\"{id}-policy\">\n<h3>Policy</h3>\n");
        Rules("Rules that do not pass", [.. verdict.Rules.Where(rule => rule.Outcome != Outcome.Pass).OrderByDescending(rule => rule.Outcome)], page);
        var passed = verdict.Rules.Where(rule => rule.Outcome == Outcome.Pass).ToList();
        if (passed.Count > 0)
        {
            page.Write($"<details class=\"list\"><summary>{passed.Count} {(passed.Count == 1 ? "rule passes" : "rules pass")}</summary>\n");
            Rules("Rules that pass", passed, page);
            page.Write($"</details>\n");
        }
        Exemptions(verdict.Exemptions, page);
        page.Write($"</section>\n");
    }

    static void Rules(string caption, List<RuleResult> rules, HtmlWriter page)
    {
        if (rules.Count == 0)
            return;
        page.Write($"<table class=\"stack\">\n<caption>{caption}</caption>\n<thead><tr><th scope=\"col\">Outcome</th><th scope=\"col\">Rule</th><th scope=\"col\">Limit</th><th scope=\"col\">Actual</th></tr></thead>\n<tbody>\n");
        foreach (var rule in rules)
        {
            page.Write($"<tr><td class=\"outcome {rule.Outcome.ToString().ToLowerInvariant()}\">{rule.Outcome.ToString()}</td><th scope=\"row\"><code>{rule.Rule}</code></th><td class=\"limit\">{rule.Limit}</td><td class=\"actual\">{rule.Actual}");
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
        page.Write($"<table class=\"stack\">\n<caption>Exemptions used</caption>\n<thead><tr><th scope=\"col\">Exempt</th><th scope=\"col\">Reason</th><th scope=\"col\">Until</th></tr></thead>\n<tbody>\n");
        foreach (var used in exemptions)
            page.Write($"<tr><th scope=\"row\"><code>{used.Id}</code><p class=\"soft\">{used.Exempted}</p></th><td>{used.Reason}<p class=\"soft\">{used.Owner}</p></td><td>{used.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}</td></tr>\n");
        page.Write($"</tbody>\n</table>\n");
    }
}
