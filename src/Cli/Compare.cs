using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll compare A B</c>: what changed from one image to another.</summary>
internal static class Compare
{
    public static Command Verb()
    {
        var before = Source.Argument("base");
        var after = Source.Argument("head");
        var platform = Source.PlatformOption();
        var plain = Source.PlainHttpOption();
        var format = new Option<string>("--format") { HelpName = "terminal|json", Description = "the form of the answer", DefaultValueFactory = _ => "terminal" };
        format.AcceptOnlyFromAmong("terminal", "json");
        var verb = new Command("compare", "Says what changed from one image to another: layers, files, packages, findings, size.") { before, after, platform, format, plain };
        verb.SetAction(async (parsed, ct) =>
        {
            if (await Source.Single(parsed.GetValue(before)!, parsed.GetValue(platform), null, parsed.GetValue(plain), ct) is not var (oldReport, old)
                || await Source.Single(parsed.GetValue(after)!, parsed.GetValue(platform), null, parsed.GetValue(plain), ct) is not var (newReport, now))
                return ExitCode.NotInspected;
            var comparison = Comparison.Of(oldReport, old.Tree, newReport, now.Tree);
            if (parsed.GetValue(format) == "json")
            {
                using var output = Console.OpenStandardOutput();
                JsonFormat.Write(comparison, output);
            }
            else
                TerminalComparison.Write(comparison, Screen.Of(Console.Out, toTerminal: true));
            return ExitCode.Passed;
        });
        return verb;
    }
}
