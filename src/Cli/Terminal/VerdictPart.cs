using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>Each rule of the policy: its limit, what was measured, and what would make it pass.</summary>
internal static class VerdictPart
{
    public static void Write(ImageReport image, Screen screen)
    {
        if (image.Verdict is not { } verdict)
            return;
        screen.Line();
        screen.Line($"{screen.Bold("Policy")} {verdict.Policy}{(verdict.Reason is { } reason ? screen.Dim($"  undecided: {reason}") : "")}");
        var width = verdict.Rules.Select(rule => rule.Rule.Length).DefaultIfEmpty(0).Max();
        var limit = verdict.Rules.Select(rule => rule.Limit.Length).DefaultIfEmpty(0).Max();
        foreach (var rule in verdict.Rules.OrderByDescending(rule => rule.Outcome))
        {
            screen.Line($"  {screen.Mark(rule.Outcome)} {rule.Rule.PadRight(width)}  {screen.Dim(rule.Limit.PadRight(limit))}  {Plain.Middle(rule.Actual, screen.Width - width - limit - 8)}");
            if (rule.Advice is { } advice)
                foreach (var line in Page.Wrap(Plain.Text(advice), screen.Width - 6))
                    screen.Line($"      {screen.Dim(line)}");
        }
        foreach (var used in verdict.Exemptions)
            screen.Line(screen.Dim(string.Create(CultureInfo.InvariantCulture,
                $"  exempt until {used.Until:yyyy-MM-dd}: {used.Id} ({Plain.Text(used.Exempted)}), {Plain.Text(used.Reason)}, {Plain.Text(used.Owner)}")));
    }
}
