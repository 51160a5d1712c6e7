using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Checks;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll checks [ID]</c>: what is checked, and how to mend what a check finds.</summary>
internal static class Checks
{
    public static Command Verb()
    {
        var id = new Argument<string?>("id") { Arity = ArgumentArity.ZeroOrOne, Description = "a check; without, all are listed" };
        id.CompletionSources.Add(_ => CheckCatalogue.All.Select(check => new System.CommandLine.Completions.CompletionItem(check.Id)));
        var verb = new Command("checks", "Lists the checks, or explains one: what it is, why it matters, how to mend it.") { id };
        verb.SetAction(parsed =>
        {
            var screen = Screen.Of(Console.Out, toTerminal: true);
            if (parsed.GetValue(id) is not { } wanted)
            {
                var width = CheckCatalogue.All.Max(check => check.Id.Length);
                foreach (var check in CheckCatalogue.All.OrderByDescending(check => check.Severity).ThenBy(check => check.Id, StringComparer.Ordinal))
                    screen.Line($"{screen.Severity(check.Severity)}  {check.Id.PadRight(width)}  {screen.Dim((check.Code ?? "").PadRight(11))}  {check.Title}");
                return ExitCode.Passed;
            }
            if (CheckCatalogue.Page(wanted) is not { } page)
                return CommandLine.Say(ExitCode.Usage, $"there is no check '{wanted}'; 'plimsoll checks' lists them");
            Page.Write(page, screen);
            return ExitCode.Passed;
        });
        return verb;
    }
}
