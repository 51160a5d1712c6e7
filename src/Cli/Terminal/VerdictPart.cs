using System.Globalization;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>The policy's rules: those that fail with what would make them pass, the rest in a line each.</summary>
internal static class VerdictPart
{
    public static void Write(ImageReport image, Screen screen)
    {
        if (image.Verdict is { } verdict)
            Write(verdict, screen);
    }

    /// <param name="alone">Whether no findings follow that say how to mend them.</param>
    public static void Write(Verdict verdict, Screen screen, bool alone = false)
    {
        screen.Heading($"Policy {verdict.Policy}", Summary(verdict, screen));
        Failed([.. verdict.Rules.Where(rule => rule.Outcome == Outcome.Fail)], screen, alone);
        // Rules that are undecided for one reason need saying once.
        foreach (var reason in verdict.Rules.Where(rule => rule.Outcome == Outcome.Undecided).GroupBy(rule => rule.Actual))
            Together(Outcome.Undecided, [.. reason.Select(rule => rule.Rule)], $": {reason.Key}", screen);
        Together(Outcome.Pass, [.. verdict.Rules.Where(rule => rule.Outcome == Outcome.Pass).Select(rule => rule.Rule)], "", screen);
        foreach (var used in verdict.Exemptions)
            screen.Wrapped(string.Create(CultureInfo.InvariantCulture,
                $"exempt until {used.Until:yyyy-MM-dd}: {used.Id} ({used.Exempted}): {used.Reason} ({used.Owner})"), Indent(screen), Tone.Dim);
    }

    public static void Failed(IReadOnlyList<RuleResult> rules, Screen screen, bool alone = true)
    {
        var (name, limit) = (Widest(rules, rule => rule.Rule), Widest(rules, rule => rule.Limit));
        foreach (var rule in rules)
            Failed(rule, name, limit, screen, alone);
    }

    static void Failed(RuleResult rule, int name, int limit, Screen screen, bool alone)
    {
        var line = Marked(rule.Outcome, screen).Add(rule.Rule, Tone.Bold).To(Indent(screen) + name + 2);
        line.Add(rule.Limit, Tone.Dim).To(Indent(screen) + name + limit + 4);
        screen.Write(line.Add(screen.Middle(rule.Actual, screen.Width - line.Cells)));
        // What a check asks for stands with its finding, below.
        if (rule.Advice is { } advice && (alone || !rule.Rule.StartsWith("require.", StringComparison.Ordinal)))
            screen.Advice(advice, Indent(screen));
    }

    static void Together(Outcome outcome, IReadOnlyList<string> rules, string why, Screen screen)
    {
        if (rules.Count == 0)
            return;
        var lines = Fit.Words(string.Join(", ", rules.GroupBy(Section).Select(Short)) + why, screen.Width - Indent(screen)).ToList();
        screen.Write(Marked(outcome, screen).Add(lines[0], Tone.Dim));
        foreach (var line in lines.Skip(1))
            screen.Write(new Line().To(Indent(screen)).Add(line, Tone.Dim));
    }

    static string Section(string rule) => rule.Split('.')[0];

    // "limits.size, limits.layers" as "limits (size, layers)".
    static string Short(IGrouping<string, string> rules) => rules.Count() == 1 ? rules.First()
        : $"{rules.Key} ({string.Join(", ", rules.Select(rule => rule[Math.Min(rule.Length, rules.Key.Length + 1)..]))})";

    static int Indent(Screen screen) => 3 + screen.Glyphs.Pass.Length;

    static Line Marked(Outcome outcome, Screen screen) => new Line().Add("  ").Add(outcome switch
    {
        Outcome.Fail => screen.Glyphs.Fail,
        Outcome.Undecided => screen.Glyphs.Unknown,
        _ => screen.Glyphs.Pass,
    }, Tone.Of(outcome)).Add(" ");

    static Line Summary(Verdict verdict, Screen screen)
    {
        var line = new Line();
        foreach (var (outcome, word) in new[] { (Outcome.Fail, "fail"), (Outcome.Undecided, "undecided"), (Outcome.Pass, "pass") })
            if (verdict.Rules.Count(rule => rule.Outcome == outcome) is var count and > 0)
                line.Add(line.Cells > 0 ? $" {screen.Glyphs.Dot} " : "", Tone.Dim).Add($"{count} {word}", Tone.Of(outcome));
        return line.Cells > 0 ? line : line.Add("it has no rules");
    }

    static int Widest(IReadOnlyList<RuleResult> rules, Func<RuleResult, string> text) => rules.Select(text).Select(t => t.Length).DefaultIfEmpty(0).Max();
}
