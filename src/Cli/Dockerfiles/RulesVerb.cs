using System.CommandLine;
using System.CommandLine.Completions;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary><c>plimsoll rules [ID]</c>: what a Dockerfile is held against, and how to mend what breaks a rule.</summary>
internal static class RulesVerb
{
    public static Verb Verb()
    {
        var id = new Argument<string?>("id") { Arity = ArgumentArity.ZeroOrOne, Description = "a rule; without, all are listed" };
        id.CompletionSources.Add(_ => RuleCatalogue.All.Select(rule => new CompletionItem(rule.Id)));
        var verb = new Verb(
            VerbGroup.Dockerfiles, "rules", "Lists the rules for Dockerfiles, or explains one: what it is, why it matters, how to mend it.",
            ["plimsoll rules shell-form", "plimsoll rules"])
        {
            id,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(id) is { } wanted && RuleCatalogue.Page(wanted) is null)
                return CommandLine.Say(ExitCode.Usage, $"there is no rule '{wanted}': 'plimsoll rules' lists them");
            using var screen = Screen.OnStandardOutput();
            if (parsed.GetValue(id) is { } known)
                Page.Write(RuleCatalogue.Page(known)!, screen);
            else
                List(screen);
            return ExitCode.Passed;
        });
        return verb;
    }

    static void List(Screen screen)
    {
        var width = RuleCatalogue.All.Max(rule => rule.Id.Length);
        foreach (var rule in RuleCatalogue.All.OrderByDescending(rule => rule.Severity).ThenBy(rule => rule.Id, StringComparer.Ordinal))
        {
            var line = new Line().Add(rule.Severity).To(10).Add(rule.Id, Tone.Bold).To(width + 12);
            if (screen.Width >= 120)
                line.Add(rule.Hadolint ?? "", Tone.Dim).To(width + 20);
            screen.Write(line.Add(screen.Middle(rule.Title, screen.Width - line.Cells)));
        }
    }
}
