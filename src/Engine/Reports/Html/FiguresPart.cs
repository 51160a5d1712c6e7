using System.Globalization;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The numbers that one compares between images.</summary>
internal static class FiguresPart
{
    public static void Write(ImageReport image, HtmlWriter page)
    {
        var packages = image.Packages.Count(package => package.Counts);
        page.Write($"<dl class=\"figures\">\n");
        Figure("Size", Bytes.Show(image.Image.Size), $"{Bytes.Show(image.Image.CompressedSize)} stored");
        Figure("Layers", Text(image.Layers.Count), image.Config.User.Length == 0 ? "runs as root" : $"runs as {image.Config.User}");
        Figure("Efficiency", Share(image.Waste.Efficiency), image.Waste.ReclaimableBytes == 0 ? "no waste" : $"{Bytes.Show(image.Waste.ReclaimableBytes)} reclaimable");
        Figure("Findings", Text(image.Findings.Count), Worst(image.Findings.Select(finding => finding.Severity)));
        Figure("Secrets", Text(image.Secrets.Count), Worst(image.Secrets.Select(secret => secret.Severity)));
        Figure("Packages", Text(packages), string.Join(", ", image.Packages.Where(package => package.Counts).CountBy(package => package.Type)
            .OrderByDescending(type => type.Value).ThenBy(type => type.Key, StringComparer.Ordinal).Take(3).Select(type => $"{Text(type.Value)} {type.Key}")));
        page.Write($"</dl>\n");

        void Figure(string name, string value, string more)
        {
            var (number, unit) = value.IndexOf(' ', StringComparison.Ordinal) is var at and > 0 ? (value[..at], value[at..]) : (value, "");
            page.Write($"<div><dt>{name}</dt><dd><b>{number}<small>{unit}</small></b><span>{more}</span></dd></div>\n");
        }
    }

    /// <summary>Cut, not rounded: less than all must not look like all.</summary>
    public static string Share(double share) => (Math.Floor(share * 1000 + 1e-9) / 10).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Worst(IEnumerable<Severity> severities) => string.Join(", ", severities.CountBy(severity => severity)
        .OrderByDescending(severity => severity.Key).Take(2).Select(severity => $"{severity.Value} {severity.Key.ToString().ToLowerInvariant()}"))
        is { Length: > 0 } worst ? worst : "none";
}
