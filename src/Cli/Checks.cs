using System.CommandLine;
using System.CommandLine.Completions;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Checks;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll checks [ID]</c>: what is checked, and how to mend what a check finds.</summary>
internal static class Checks
{
    public static Verb Verb()
    {
        var id = new Argument<string?>("id") { Arity = ArgumentArity.ZeroOrOne, Description = "a check; without, all are listed" };
        id.CompletionSources.Add(_ => CheckCatalogue.All.Select(check => new CompletionItem(check.Id)));
        var verb = new Verb(
            VerbGroup.Judge, "checks", "Lists the checks, or explains one: what it is, why it matters, how to mend it.",
            ["plimsoll checks setuid-setgid", "plimsoll checks"])
        {
            id,
        };
        verb.SetAction(parsed =>
        {
            if (parsed.GetValue(id) is { } wanted && CheckCatalogue.Page(wanted) is null)
                return CommandLine.Say(ExitCode.Usage, $"there is no check '{wanted}': 'plimsoll checks' lists them");
            using var screen = Screen.OnStandardOutput();
            if (parsed.GetValue(id) is { } known)
                Page.Write(CheckCatalogue.Page(known)!, screen);
            else
                List(screen);
            return ExitCode.Passed;
        });
        return verb;
    }

    static void List(Screen screen)
    {
        var width = CheckCatalogue.All.Max(check => check.Id.Length);
        foreach (var check in CheckCatalogue.All.OrderByDescending(check => check.Severity).ThenBy(check => check.Id, StringComparer.Ordinal))
        {
            var line = new Line().Add(check.Severity).To(10).Add(check.Id, Tone.Bold).To(width + 12);
            if (screen.Width >= 120)
                line.Add(check.Code ?? "", Tone.Dim).To(width + 25);
            screen.Write(line.Add(screen.Middle(check.Title, screen.Width - line.Cells)));
        }
    }
}
