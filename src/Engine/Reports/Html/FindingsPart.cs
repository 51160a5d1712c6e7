namespace Plimsoll.Engine.Reports.Html;

/// <summary>What to mend: an entry for each check that failed, the worst and then the largest first.</summary>
internal static class FindingsPart
{
    public static void Write(IReadOnlyList<Finding> findings, string id, HtmlWriter page)
    {
        page.Write($"<section id=\"{id}-findings\">\n<h3>Findings</h3>\n");
        if (findings.Count == 0)
            page.Write($"<p class=\"none\">No check found anything.</p>\n");
        var checks = findings.GroupBy(finding => finding.Check)
            .OrderByDescending(check => check.Max(finding => finding.Severity))
            .ThenByDescending(check => check.Sum(finding => finding.Bytes ?? 0));
        foreach (var check in checks)
            Check([.. check.OrderByDescending(finding => finding.Severity)], page);
        page.Write($"</section>\n");
    }

    static void Check(List<Finding> findings, HtmlWriter page)
    {
        var worst = findings[0];
        var severity = worst.Severity.ToString().ToLowerInvariant();
        page.Write($"<details class=\"finding\"{(worst.Severity >= Severity.High ? " open" : "")}>\n<summary><span class=\"severity {severity}\">{severity}</span><span class=\"what\">{worst.Title}</span>");
        if (findings.Sum(finding => finding.Bytes ?? 0) is var bytes and > 0)
            page.Write($"<span class=\"amount\">{Bytes.Show(bytes)}</span>");
        page.Write($"<span class=\"amount\">{findings.Count} {(findings.Count == 1 ? "place" : "places")}</span></summary>\n");
        page.Write($"<p class=\"remedy\">{worst.Remedy}.</p>\n<ul class=\"places\">\n");
        foreach (var finding in findings)
        {
            page.Write($"<li>");
            if (finding.Layer is { } layer)
                page.Write($"<span class=\"layer\">layer {layer}</span> ");
            page.Write($"{finding.Evidence}</li>\n");
        }
        page.Write($"</ul>\n<p class=\"soft\"><code>{worst.Check}</code>");
        if (worst.Code is { } code)
            page.Write($" · {code}");
        page.Write($"</p>\n</details>\n");
    }
}
