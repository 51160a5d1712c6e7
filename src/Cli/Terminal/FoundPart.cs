using Plimsoll.Engine.Dockerfiles.Attribution;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>What was found in one place, in a few lines: the worst kinds, each with one place of it. The whole is what <c>plimsoll inspect</c> tells.</summary>
internal static class FoundPart
{
    const int Kinds = 3, SeverityCells = 10;

    public static void Write(FoundThere found, int indent, Screen screen)
    {
        // Those of the environment and the history are among the findings.
        var kinds = found.Findings.Select(finding => (finding.Severity, Id: finding.Check, Text: finding.Evidence))
            .Concat(found.Secrets.Where(secret => secret.Path is not null).Select(secret => (secret.Severity, Id: secret.Rule, Text: $"{secret.Location} = {secret.Masked}")))
            .GroupBy(one => one.Id).Select(kind => (Worst: kind.MaxBy(one => one.Severity), Count: kind.Count()))
            .OrderByDescending(kind => kind.Worst.Severity).ThenBy(kind => kind.Worst.Id, StringComparer.Ordinal).ToList();
        var shown = kinds.Where(kind => kind.Worst.Severity > Severity.Info).Take(Kinds).ToList();
        foreach (var (worst, count) in shown)
        {
            var line = new Line().To(indent).Add(worst.Severity).To(indent + SeverityCells).Add(worst.Id, Tone.Bold).Add("  ");
            var end = count > 1 ? $" {screen.Glyphs.Times}{count}" : "";
            screen.Write(line.Add(screen.Middle(worst.Text, Math.Max(0, screen.Width - line.Cells - end.Length)), Tone.Dim).Add(end, Tone.Dim));
        }
        if (kinds.Skip(shown.Count).Sum(kind => kind.Count) is var more and > 0)
            screen.Write(new Line().To(indent).Add(shown.Count > 0 ? $"and {TerminalReport.Count(more, "other finding")}" : $"{TerminalReport.Count(more, "finding")} for information", Tone.Dim));
    }
}
