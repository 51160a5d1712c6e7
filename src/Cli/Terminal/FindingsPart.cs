using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>What to mend: one entry for each check that failed, the worst first, with its first places and the remedy.</summary>
internal static class FindingsPart
{
    const int Places = 3;

    public static void Write(ImageReport image, Screen screen)
    {
        screen.Line();
        if (image.Findings.Count == 0)
        {
            screen.Line($"{screen.Bold("Findings")}  {screen.Good("none")}");
            return;
        }
        var counts = image.Findings.GroupBy(finding => finding.Severity).OrderByDescending(group => group.Key)
            .Select(group => $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}");
        screen.Line($"{screen.Bold("Findings")}  {string.Join(screen.Dim(" · "), counts)}");
        foreach (var check in image.Findings.GroupBy(finding => finding.Check)
            .OrderByDescending(group => group.Max(finding => finding.Severity)).ThenByDescending(group => group.Sum(finding => finding.Bytes ?? 0)))
            Check(check.Key, [.. check], screen);
    }

    static void Check(string id, List<Finding> findings, Screen screen)
    {
        var worst = findings.MaxBy(finding => finding.Severity)!;
        if (worst.Severity == Severity.Info)
        {
            screen.Line($"  {screen.Severity(worst.Severity)} {screen.Bold(id)}  {screen.Dim(Plain.Middle(findings[0].Evidence, screen.Width - id.Length - 14))}");
            return;
        }
        var bytes = findings.Sum(finding => finding.Bytes ?? 0);
        screen.Line($"  {screen.Severity(worst.Severity)} {screen.Bold(id)}{(bytes > 0 ? $"  {Bytes.Show(bytes)}" : "")}  {screen.Dim(Plain.Middle(worst.Title, screen.Width - id.Length - 26))}");
        foreach (var finding in findings.Take(Places))
            screen.Line($"             {(finding.Layer is { } layer ? screen.Dim($"#{layer,-3}") : "    ")}{Plain.Middle(finding.Evidence, screen.Width - 18)}");
        if (findings.Count > Places)
            screen.Line(screen.Dim($"                 and {findings.Count - Places} more"));
        foreach (var line in Page.Wrap(Plain.Text(worst.Remedy), screen.Width - 16))
            screen.Line($"             {screen.Link(line)}");
    }
}
