using System.Globalization;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>One image: its name, its figures, and everything else in the order in which one asks.</summary>
internal static class ImagePart
{
    public static void Write(ImageReport image, string id, HtmlWriter page)
    {
        page.Write($"<article id=\"{id}\">\n");
        Title(image, page);
        VerdictPart.Write(image.Verdict, page);
        FiguresPart.Write(image, page);
        PolicyPart.Write(image.Verdict, id, page);
        VulnerabilitiesPart.Write(image, id, page);
        FindingsPart.Write(image.Findings, id, page);
        SecretsPart.Write(image.Secrets, id, page);
        LayersPart.Write(image, id, page);
        WastePart.Write(image, id, page);
        PackagesPart.Write(image.Packages, id, page);
        ConfigurationPart.Write(image.Config, id, page);
        Notes(image.Notes, id, page);
        page.Write($"</article>\n");
    }

    // The tag is what one looks for; the registry is what one knows.
    static void Title(ImageReport image, HtmlWriter page)
    {
        var name = image.Name();
        var path = name.LastIndexOf('/') + 1;
        var tag = name.IndexOfAny([':', '@'], path) is var at and > 0 ? at : name.Length;
        page.Write($"<div class=\"title\">\n<h2><span class=\"soft\">{name[..path]}</span>{name[path..tag]}<span class=\"tag\">{name[tag..]}</span></h2>\n<p class=\"facts\">");
        page.Write($"<span>{image.Image.Platform.ToString()}</span>");
        // Reproducible builds say 1970 or 1980, which tells nothing.
        if (image.Image.Created is { Year: > 1980 } created)
            page.Write($"<span>created <time datetime=\"{created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\">{created.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}</time></span>");
        if (image.Config.OperatingSystem is { } system)
            page.Write($"<span>{system.Name}</span>");
        if (image.Base is { } known)
            page.Write($"<span>built on {known.Shown}</span>");
        page.Write($"<code>{(image.Image.ManifestDigest ?? image.Image.ConfigDigest).Value}</code></p>\n</div>\n");
    }

    static void Notes(IReadOnlyList<string> notes, string id, HtmlWriter page)
    {
        if (notes.Count == 0)
            return;
        page.Write($"<section id=\"{id}-notes\">\n<h3>Notes</h3>\n<p class=\"lead\">What could not be read, and why. The rest of the report stands.</p>\n<ul class=\"plain\">\n");
        foreach (var note in notes.Take(PageLimits.Notes))
            page.Write($"<li>{note}</li>\n");
        page.Write($"</ul>\n");
        PageLimits.Rest(notes.Count, PageLimits.Notes, "notes", page);
        page.Write($"</section>\n");
    }
}
