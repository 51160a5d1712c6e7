using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>What to mend: one entry for each check that failed, the worst and largest first. Only what matters is told at length.</summary>
internal static class FindingsPart
{
    const int Places = 3;
    const int Indent = 12;

    public static void Write(ImageReport image, Screen screen)
    {
        screen.Heading("Findings", Summary(image.Findings, screen));
        var checks = image.Findings.GroupBy(finding => finding.Check)
            .OrderByDescending(group => group.Max(finding => finding.Severity))
            .ThenByDescending(group => group.Sum(finding => finding.Bytes ?? 0)).ToList();
        // On a narrow screen the titles need the room.
        var width = screen.Width < 100 ? 0 : checks.Select(check => check.Key.Length).DefaultIfEmpty(0).Max();
        foreach (var check in checks)
            Check([.. check.OrderByDescending(finding => finding.Severity)], width, screen);
        if (checks.Count > 0)
            screen.Write(new Line().To(Indent).Add("plimsoll checks ID", Tone.Accent).Add(" says why a check matters and how to mend it", Tone.Dim));
    }

    static void Check(List<Finding> findings, int width, Screen screen)
    {
        var worst = findings[0];
        var line = new Line().Add("  ").Add(worst.Severity).To(Indent).Add(worst.Check, Tone.Bold).Add("  ").To(Indent + width + 2);
        var bytes = findings.Sum(finding => finding.Bytes ?? 0) is var sum and > 0 ? Bytes.Show(sum) : "";
        var text = worst.Severity == Severity.Info ? worst.Evidence : worst.Title;
        var count = findings.Count > 1 ? $" {screen.Glyphs.Times}{findings.Count}" : "";
        var room = screen.Width - line.Cells - count.Length - (bytes.Length > 0 ? bytes.Length + 2 : 0);
        line.Add(screen.Middle(text, room), worst.Severity == Severity.Info ? Tone.Dim : Tone.Plain).Add(count, Tone.Dim);
        screen.Write(bytes.Length > 0 ? line.Right(bytes, screen.Width, Tone.Warn) : line);
        if (worst.Severity < Severity.Medium)
            return;

        foreach (var finding in Telling(findings))
        {
            var place = new Line().To(Indent).Add(finding.Layer is { } layer ? $"#{layer} " : "", Tone.Dim);
            screen.Write(place.Add(screen.Middle(finding.Evidence, screen.Width - place.Cells), Tone.Dim));
        }
        screen.Advice(worst.Remedy, Indent);
    }

    // One of each layer before a second of any: the base image's places must not stand before those of the team's own layers.
    static IEnumerable<Finding> Telling(List<Finding> findings) => findings
        .GroupBy(finding => (finding.Severity, finding.Layer)).SelectMany(layer => layer.Select((finding, number) => (finding, number)))
        .OrderByDescending(place => place.finding.Severity).ThenBy(place => place.number).Take(Places)
        .Select(place => place.finding).OrderBy(finding => finding.Layer);

    static Line Summary(IReadOnlyList<Finding> findings, Screen screen)
    {
        var line = new Line();
        foreach (var severity in findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key))
            line.Add(line.Cells > 0 ? $" {screen.Glyphs.Dot} " : "", Tone.Dim)
                .Add($"{severity.Count()} {severity.Key.ToString().ToLowerInvariant()}", Tone.Of(severity.Key));
        return line.Cells > 0 ? line : line.Add("none", Tone.Good);
    }
}
