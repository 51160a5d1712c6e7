using System.Globalization;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The way to each part of the page, with how much is there.</summary>
internal static class Contents
{
    public static void Write(Report report, HtmlWriter page)
    {
        page.Write($"<nav aria-label=\"Contents\">\n");
        foreach (var (image, number) in report.Images.Select((image, number) => (image, number)))
        {
            if (report.Images.Count > 1)
                page.Write($"<p><a href=\"#i{number}\">{image.Name()} <small>{image.Image.Platform.ToString()}</small></a></p>\n");
            page.Write($"<ul>\n");
            foreach (var (id, title, count) in Sections(image))
                page.Write($"<li><a href=\"#i{number}-{id}\">{title} <small>{count}</small></a></li>\n");
            page.Write($"</ul>\n");
        }
        if (report.Failures.Count > 0)
            page.Write($"<p><a href=\"#failures\">Not inspected <small>{report.Failures.Count}</small></a></p>\n");
        page.Write($"</nav>\n");
    }

    static IEnumerable<(string Id, string Title, string Count)> Sections(ImageReport image)
    {
        if (image.Verdict is { } verdict)
            yield return ("policy", "Policy", Number(verdict.Rules.Count));
        yield return ("vulnerabilities", "Vulnerabilities", image is { Vulnerabilities: { } all, Advisories.IsWhole: var whole } && all.Where(one => !one.IsSetAside).ToList() is var found ? found.Count == 0 && !whole ? "not all known" : Number(found.Count) : "not known");
        yield return ("findings", "Findings", Number(image.Findings.Count));
        yield return ("secrets", "Secrets", Number(image.Secrets.Count));
        yield return ("layers", "Layers", Number(image.Layers.Count));
        yield return ("waste", "Waste", image.Waste.ReclaimableBytes > 0 ? Bytes.Show(image.Waste.ReclaimableBytes) : "");
        yield return ("packages", "Packages", Number(image.Packages.Count));
        yield return ("configuration", "Configuration", "");
        if (image.Notes.Count > 0)
            yield return ("notes", "Notes", Number(image.Notes.Count));
    }

    static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
