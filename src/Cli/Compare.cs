using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll compare A B</c>: what changed from one image to another.</summary>
internal static class Compare
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Look, "compare", "Says what changed from one image to another: size, layers, findings, packages, files.",
            ["plimsoll compare web-1.3.tar web-1.4.tar", "plimsoll compare both.tar both.tar --image web:1.3 --image web:1.4 --format json"]);
        var source = new Source(verb, "base", "head");
        var format = ListingFormat.Option();
        verb.Add(format);
        verb.SetAction(async (parsed, ct) =>
        {
            if (await source.Single(parsed, 0, ct) is not var (before, old) || await source.Single(parsed, 1, ct) is not var (after, now))
                return ExitCode.NotInspected;
            var comparison = Comparison.Of(before, old.Tree, after, now.Tree);
            ListingFormat.Write(
                parsed.GetValue(format)!, screen => TerminalComparison.Write(comparison, screen), output => JsonFormat.Write(comparison, output));
            return ExitCode.Passed;
        });
        return verb;
    }
}
