namespace Plimsoll.Engine.Reports.Html;

/// <summary>The secrets, masked, with the layer that still holds them.</summary>
internal static class SecretsPart
{
    public static void Write(IReadOnlyList<SecretReport> secrets, string id, HtmlWriter page)
    {
        page.Write($"<section id=\"{id}-secrets\">\n<h3>Secrets</h3>\n");
        if (secrets.Count == 0)
            page.Write($"<p class=\"none\">None was found.</p>\n</section>\n");
        else
            Table(secrets, page);
    }

    static void Table(IReadOnlyList<SecretReport> secrets, HtmlWriter page)
    {
        page.Write($"<p class=\"lead\">Whoever has the image has them: take each out, build again, and change it.</p>\n");
        page.Write($"<table class=\"stack\">\n<caption>Secrets in the image</caption>\n<thead><tr><th scope=\"col\">Secret</th><th scope=\"col\">Where</th><th scope=\"col\">Value</th></tr></thead>\n<tbody>\n");
        foreach (var secret in secrets.OrderByDescending(secret => secret.Severity).Take(PageLimits.Files))
        {
            var severity = secret.Severity.ToString().ToLowerInvariant();
            page.Write($"<tr><th scope=\"row\"><span class=\"severity {severity}\">{severity}</span> {secret.Title}</th><td><code>{secret.Location}</code>");
            if (secret.Layer is { } layer)
                page.Write($"<p class=\"soft\">layer {layer}");
            if (secret is { Layer: not null, RemovedIn: { } removed })
                page.Write($", out of sight since layer {removed} and still in the image");
            if (secret.Layer is not null)
                page.Write($"</p>");
            page.Write($"</td><td><code>{secret.Masked}</code></td></tr>\n");
        }
        page.Write($"</tbody>\n</table>\n");
        PageLimits.Rest(secrets.Count, PageLimits.Files, "secrets", page);
        page.Write($"</section>\n");
    }
}
