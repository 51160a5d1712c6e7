namespace Plimsoll.Engine.Reports.Html;

/// <summary>The packages by ecosystem. What a package of the operating system brought, and what is no longer there, is folded away.</summary>
internal static class PackagesPart
{
    const int Few = 40;

    public static void Write(IReadOnlyList<PackageReport> packages, string id, HtmlWriter page)
    {
        page.Write($"<section id=\"{id}-packages\" data-filter=\"Filter packages\">\n<h3>Packages</h3>\n");
        if (packages.Count == 0)
            page.Write($"<p class=\"none\">None was found.</p>\n");
        foreach (var type in packages.Take(PageLimits.Packages).GroupBy(package => package.Type).OrderByDescending(type => type.Count()).ThenBy(type => type.Key, StringComparer.Ordinal))
        {
            List([.. type.Where(package => package.Counts)], $"{Ecosystem(type.Key)}", open: packages.Count <= Few, page);
            List([.. type.Where(package => package is { OwnedBy: not null, RemovedIn: null })], $"{Ecosystem(type.Key)}, brought by packages of the operating system", open: false, page);
            List([.. type.Where(package => package.RemovedIn is not null)], $"{Ecosystem(type.Key)}, no longer installed", open: false, page);
        }
        PageLimits.Rest(packages.Count, PageLimits.Packages, "packages", page);
        page.Write($"</section>\n");
    }

    static void List(List<PackageReport> packages, string title, bool open, HtmlWriter page)
    {
        if (packages.Count == 0)
            return;
        page.Write($"<details class=\"list\"{(open ? " open" : "")}><summary>{title} <small>{packages.Count}</small></summary>\n<table data-sortable>\n<caption>{title}</caption>\n");
        page.Write($"<thead><tr><th scope=\"col\">Package</th><th scope=\"col\">Version</th><th scope=\"col\" class=\"wide\">Licences</th><th scope=\"col\" class=\"n\">Layer</th></tr></thead>\n<tbody>\n");
        foreach (var package in packages)
        {
            page.Write($"<tr><th scope=\"row\">{package.Name}");
            if (package.OwnedBy is { } owner)
                page.Write($" <span class=\"soft\">of {owner}</span>");
            page.Write($"</th><td>{package.Version}</td><td class=\"wide\">{string.Join(", ", package.Licences)}</td><td class=\"n\">{package.Layer}");
            if (package.RemovedIn is { } removed)
                page.Write($" → {removed}");
            page.Write($"</td></tr>\n");
        }
        page.Write($"</tbody>\n</table>\n</details>\n");
    }

    static string Ecosystem(string type) => type switch
    {
        "deb" => "Debian",
        "apk" => "Alpine",
        "rpm" => "RPM",
        "golang" => "Go",
        "cargo" => "Rust",
        "nuget" => ".NET",
        "npm" => "Node",
        "pypi" => "Python",
        "maven" => "Java",
        "gem" => "Ruby",
        "composer" => "PHP",
        "generic" => "Programs without a package",
        _ => type,
    };
}
