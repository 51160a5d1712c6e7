using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll compare A B</c>: what changed from one image to another.</summary>
internal static class Compare
{
    public static Verb Verb()
    {
        var before = Source.Argument("base");
        var after = Source.Argument("head");
        var platform = Source.PlatformOption();
        var format = new Option<string>("--format") { HelpName = "terminal|json", Description = "the form of the answer", DefaultValueFactory = _ => "terminal" };
        format.AcceptOnlyFromAmong("terminal", "json");
        var verb = new Verb(
            VerbGroup.Look, "compare", "Says what changed from one image to another: size, layers, findings, packages, files.", ["plimsoll compare web-1.3.tar web-1.4.tar"])
        {
            before, after, platform, format,
        };
        verb.SetAction(async (parsed, ct) =>
        {
            if (await Source.Single(parsed.GetValue(before)!, parsed.GetValue(platform), null, ct) is not var (oldReport, old)
                || await Source.Single(parsed.GetValue(after)!, parsed.GetValue(platform), null, ct) is not var (newReport, now))
                return ExitCode.NotInspected;
            var comparison = Comparison.Of(oldReport, old.Tree, newReport, now.Tree);
            if (parsed.GetValue(format) == "json")
            {
                using var output = Console.OpenStandardOutput();
                JsonFormat.Write(comparison, output);
            }
            else
            {
                using var screen = Screen.OnStandardOutput();
                TerminalComparison.Write(comparison, screen);
            }
            return ExitCode.Passed;
        });
        return verb;
    }
}
