using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>A comparison for people.</summary>
internal static class TerminalComparison
{
    const int Named = 20;

    public static void Write(Comparison comparison, Screen screen)
    {
        var (before, after) = (comparison.Base, comparison.Head);
        screen.Line($"{screen.Bold(Name(before))} → {screen.Bold(Name(after))}");
        screen.Line($"  size        {Bytes.Show(before.Size)} → {Bytes.Show(after.Size)}  {Signed(after.Size - before.Size, screen)}");
        screen.Line($"  waste       {Bytes.Show(before.Waste)} → {Bytes.Show(after.Waste)}  {Signed(after.Waste - before.Waste, screen)}");
        screen.Line($"  layers      {before.Layers} → {after.Layers}, {comparison.SharedLayers} shared");
        Section(screen, "Files", [.. comparison.Files.Select(file => $"{Mark(file.Before is null, file.After is null, screen)} {(file.Growth >= 0 ? "+" : "−") + Bytes.Show(Math.Abs(file.Growth)),11}  {Plain.Middle(file.Path, screen.Width - 20)}")]);
        Section(screen, "New findings", [.. comparison.NewFindings.Select(finding => $"{screen.Severity(finding.Severity)} {finding.Check}  {Plain.Middle(finding.Evidence, screen.Width - finding.Check.Length - 15)}")]);
        Section(screen, "Findings mended", [.. comparison.FixedFindings.Select(finding => $"{screen.Severity(finding.Severity)} {finding.Check}  {Plain.Middle(finding.Evidence, screen.Width - finding.Check.Length - 15)}")]);
        Section(screen, "Packages", [.. comparison.Packages.Select(package =>
            $"{Mark(package.Before is null, package.After is null, screen)} {Plain.Text(package.Name)}  {Plain.Text($"{package.Before ?? "none"} → {package.After ?? "none"}")}")]);
    }

    static void Section(Screen screen, string title, List<string> lines)
    {
        if (lines.Count == 0)
            return;
        screen.Line();
        screen.Line($"{screen.Bold(title)}  {lines.Count}");
        foreach (var line in lines.Take(Named))
            screen.Line($"  {line}");
        if (lines.Count > Named)
            screen.Line(screen.Dim($"  and {lines.Count - Named} more"));
    }

    static string Mark(bool isNew, bool isGone, Screen screen) => isNew ? screen.Good("+") : isGone ? screen.Bad("-") : "~";

    static string Signed(long bytes, Screen screen) =>
        bytes == 0 ? "" : bytes > 0 ? screen.Bad($"+{Bytes.Show(bytes)}") : screen.Good($"−{Bytes.Show(-bytes)}");

    static string Name(ComparedImage image) => Plain.Text($"{image.Reference ?? image.ConfigDigest.Short} ({image.Platform})");
}
