using System.Globalization;
using Plimsoll.Engine.Bases;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The vulnerabilities, the worst first, each with why it matches; and what nothing is known of, which is not none.</summary>
internal static class VulnerabilitiesPart
{
    public static void Write(ImageReport image, string id, HtmlWriter page)
    {
        page.Write($"<section id=\"{id}-vulnerabilities\" data-filter=\"Filter vulnerabilities\">\n<h3>Vulnerabilities</h3>\n");
        if (image is { Vulnerabilities: { } found, Advisories: { } data })
            Known(found, data, BaseShare.Of(image), page);
        else
            page.Write($"<p class=\"lead\">Not known: there was no advisory data to compare the packages with.</p>\n");
        page.Write($"</section>\n");
    }

    static void Known(IReadOnlyList<VulnerabilityReport> found, AdvisoryReport data, BaseShare? share, HtmlWriter page)
    {
        var day = data.AsOf.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        page.Write($"<p class=\"lead\">By advisory data of <time datetime=\"{day}\">{day}</time>.</p>\n");
        if (share is not null)
            page.Write($"<p class=\"lead\">Of these, {share.ToString()}.</p>\n");
        foreach (var gap in data.Uncovered)
            page.Write($"<p class=\"lead\">Not known of {gap.Packages} {(gap.Packages == 1 ? "package" : "packages")}: {gap.Reason}.</p>\n");
        var (open, aside) = (found.Where(one => !one.IsSetAside).ToList(), found.Where(one => one.IsSetAside).ToList());
        if (open.Count == 0)
            page.Write($"<p class=\"none\">{(data.IsWhole ? "None is known" : "None is known in the rest")}{(aside.Count > 0 ? " beside those below" : "")}.</p>\n");
        else
            Table(open, page);
        SetAside(aside, page);
        if (data.Undecided.Count == 0)
            return;
        page.Write($"<details class=\"list\"><summary>Advisories that may match and cannot be decided <small>{data.Undecided.Count}</small></summary>\n<ul class=\"plain\">\n");
        foreach (var one in data.Undecided.Take(PageLimits.Notes))
            page.Write($"<li><code>{one.Id}</code> on <code>{one.Package}</code>: {one.Reason}</li>\n");
        page.Write($"</ul>\n</details>\n");
    }

    static void SetAside(List<VulnerabilityReport> found, HtmlWriter page)
    {
        if (found.Count == 0)
            return;
        page.Write($"<details class=\"list\"><summary>Put aside by what supplier or team state (VEX) <small>{found.Count}</small></summary>\n<ul class=\"plain\">\n");
        foreach (var one in found.Take(PageLimits.Packages))
            page.Write($"<li><del>{one.Id}</del> in <code>{one.Name} {one.Installed}</code>: {one.Vex!.Sentence!}. It is about <code>{one.Vex.Product ?? ""}</code>.</li>\n");
        page.Write($"</ul>\n</details>\n");
        PageLimits.Rest(found.Count, PageLimits.Packages, "vulnerabilities", page);
    }

    static void Table(List<VulnerabilityReport> found, HtmlWriter page)
    {
        page.Write($"<table class=\"stack\" data-sortable>\n<caption>Vulnerabilities in the image</caption>\n<thead><tr><th scope=\"col\">Vulnerability</th><th scope=\"col\">Package</th><th scope=\"col\">Installed</th><th scope=\"col\">Fixed in</th><th scope=\"col\" class=\"n\">Layer</th></tr></thead>\n<tbody>\n");
        foreach (var one in found.Take(PageLimits.Packages))
        {
            var severity = one.Severity?.ToString().ToLowerInvariant() ?? "info";
            page.Write($"<tr><th scope=\"row\"><span class=\"severity {severity}\">{(one.Severity is null ? "unrated" : severity)}</span> {one.Id}");
            if (one.KnownExploited)
                page.Write($" <span class=\"severity critical\">exploited</span>");
            if (one.Summary is { } summary)
                page.Write($"<p class=\"soft\">{summary}</p>");
            foreach (var reason in one.Explanation)
                page.Write($"<p class=\"soft\">{reason}</p>");
            if (one.Vex?.Sentence is { } stated)
                page.Write($"<p class=\"soft\">VEX: {stated}</p>");
            foreach (var reason in one.Vex?.NotApplied ?? [])
                page.Write($"<p class=\"soft\">VEX that does not hold here: {reason}</p>");
            page.Write($"</th><td>{one.Name}</td><td>{one.Installed}</td><td>{one.FixedIn ?? (one.Unconfirmed ? "not reviewed" : "none")}</td><td class=\"n\">{one.Layer}{(one.FromBase is true ? " base" : "")}</td></tr>\n");
        }
        page.Write($"</tbody>\n</table>\n");
        PageLimits.Rest(found.Count, PageLimits.Packages, "vulnerabilities", page);
    }
}
