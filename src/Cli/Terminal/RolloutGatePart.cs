using System.Globalization;
using Plimsoll.Cli.Rollouts;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>What the gate said: the verdict, each rule that failed with what would make it pass, and the counts.</summary>
internal sealed class RolloutGatePart(GateStatus gate, GateSpec? spec, DateTimeOffset now, Screen screen)
{
    /// <summary>The cluster holds no more than these; the report has the rest.</summary>
    const int MostViolations = 10;

    public void Write()
    {
        var policy = gate.Policy is { Length: > 0 } name ? $"Policy {name}" : "Policy";
        var facts = $"{(gate.PolicyRevision is > 0 and var revision ? $" {screen.Glyphs.Dot} revision {revision}" : "")}{(gate.EvaluatedAt is { } at ? $" {screen.Glyphs.Dot} {Age.Of(at, now)} ago" : "")}";
        screen.Heading(screen.Middle(policy, screen.Width / 2), new Line().Add(gate.Verdict ?? "no verdict", Tone.OfVerdict(gate.Verdict)).Add(facts, Tone.Dim));
        var rules = (gate.Violations ?? []).OfType<Violation>().Select(Rule).ToList();
        VerdictPart.Failed(rules, screen);
        if (rules.Count >= MostViolations)
            screen.Wrapped($"the cluster holds no more than {MostViolations} rules; the report has all", 2, Tone.Dim);
        if (gate.Verdict == "Undecided")
            screen.Wrapped($"{gate.Reason ?? "no reason given"}{(spec is { Timeout: { } timeout, OnError: { } then } ? $"; after {timeout} without a verdict gate.onError counts, which is {then}" : "")}", 2, Tone.Warn);
        if (gate.Summary is { } summary)
            Counts(summary);
        // Whole, however long: it is there to be followed.
        if (gate.ReportUrl is { Length: > 0 } url)
            screen.Write(Label("report").Add(url, Tone.Accent));
    }

    static RuleResult Rule(Violation violation) => new(
        $"{violation.Rule ?? "(no rule)"}{(violation.Platform is { } platform ? $" ({platform})" : "")}", violation.Limit ?? "", violation.Actual ?? "", Outcome.Fail, violation.Advice);

    void Counts(GateSummary summary)
    {
        Write("vulnerable", [Some(summary.Critical, "critical", Severity.Critical), Some(summary.High, "high", Severity.High), Some(summary.Medium, "medium", Severity.Medium), Some(summary.Low, "low", Severity.Low),
            (summary.Fixable is { } fixable ? Number(fixable, "fixable") : null, Tone.Plain)]);
        Write("besides", [(summary.Findings is { } findings ? TerminalReport.Count(findings, "finding") : null, Tone.Plain),
            (summary.Secrets is { } secrets ? TerminalReport.Count(secrets, "secret") : null, summary.Secrets > 0 ? Tone.Bad : Tone.Plain), (summary.Size is { } size ? Bytes.Show(size) : null, Tone.Plain)]);
    }

    void Write(string label, IReadOnlyList<(string? Text, Style Tone)> counts)
    {
        var line = Label(label);
        foreach (var (text, tone) in counts.Where(count => count.Text is not null))
        {
            if (line.Cells + text!.Length + 3 > screen.Width)
            {
                screen.Write(line);
                line = Label("");
            }
            line.Add(line.Cells > RolloutPage.Column ? $" {screen.Glyphs.Dot} " : "", Tone.Dim).Add(text, tone);
        }
        if (line.Cells > RolloutPage.Column)
            screen.Write(line);
    }

    static Line Label(string label) => new Line().To(2).Add(label, Tone.Dim).To(RolloutPage.Column);

    static (string? Text, Style Tone) Some(int? count, string word, Severity severity) => (count is { } number ? Number(number, word) : null, count is 0 ? Tone.Dim : Tone.Of(severity));

    static string Number(int number, string word) => $"{number.ToString("N0", CultureInfo.InvariantCulture)} {word}";
}
