using System.Security.Cryptography;
using System.Text;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>
/// A report as one HTML page that stands alone: it loads nothing, its policy (Content Security Policy Level 3) lets it run no script and
/// no style but its own, and it can be read without the script. The same report gives the same bytes.
/// </summary>
public static class HtmlFormat
{
    static readonly string Style = Part("report.css");
    static readonly string Script = Part("report.js");

    /// <summary>What the page may load and run (Content Security Policy Level 3): its own style and script, by their hashes, and nothing else.</summary>
    public static string Policy { get; } = $"default-src 'none'; style-src '{Hash(Style)}'; script-src '{Hash(Script)}'; base-uri 'none'; form-action 'none'";

    /// <summary>Writes UTF-8 with a newline at the end, piece by piece.</summary>
    public static void Write(Report report, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        var page = new HtmlWriter(text);
        var title = report.Images is [var only] ? only.Name() : $"{report.Images.Count} images";
        page.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">

            """);
        page.Own($"<meta http-equiv=\"Content-Security-Policy\" content=\"{Policy}\">\n");
        page.Write($"""
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Plimsoll {Product.Version}">
            <title>{title} · Plimsoll</title>
            <style>
            """);
        page.Own(Style);
        page.Write($"</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#report\">Skip to the report</a>\n");
        Mark.Define(page);
        Body(report, page);
        page.Write($"<script>");
        page.Own(Script);
        page.Write($"</script>\n</body>\n</html>\n");
    }

    static void Body(Report report, HtmlWriter page)
    {
        page.Write($"<div class=\"page\">\n<header class=\"brand\">");
        Mark.Write(page);
        page.Write($"<h1>Plimsoll <small>image report</small></h1></header>\n");
        Contents.Write(report, page);
        page.Write($"<main id=\"report\">\n");
        foreach (var (image, number) in report.Images.Select((image, number) => (image, number)))
            ImagePart.Write(image, $"i{number}", page);
        FailuresPart.Write(report.Failures, page);
        page.Write($"</main>\n<footer>Written by Plimsoll {Product.Version}. Sizes are in binary units; layers count from 0, the lowest.</footer>\n</div>\n");
    }

    static string Hash(string content) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(content)))}";

    static string Part(string name)
    {
        using var stream = typeof(HtmlFormat).Assembly.GetManifestResourceStream($"html/{name}")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
