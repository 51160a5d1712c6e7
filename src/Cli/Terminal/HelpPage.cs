using System.CommandLine;
using System.CommandLine.Invocation;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>The help of every verb in one form: what it does, how it is called, its options, examples and, where it judges, its exit codes.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    /// <summary>Where what a verb does begins: behind the longest of them.</summary>
    const int VerbColumn = 20;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, Screen.OnStandardOutput());
        return ExitCode.Passed;
    }

    public static void Write(Command command, Screen screen)
    {
        using var _ = screen;
        screen.Wrapped(command.Description!, 0);
        Title("Usage", screen);
        var verb = command.Subcommands.Count == 0 ? "" : command is { Action: not null } and not RootCommand ? " [verb]" : " <verb>";
        var options = Options(command).Any() ? " [options]" : "";
        screen.Write($"  {WrongUsage.NameOf(command)}{verb}{Operands(command)}{options}");
        foreach (var group in command.Subcommands.OfType<Verb>().GroupBy(verb => verb.Group))
            Verbs(group.Key, [.. group], screen);
        Rows("Arguments", command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description ?? "")), screen);
        Rows("Options", Options(command).Select(option => (Label(option), option.Description ?? "")), screen);
        if (command is Verb { Examples: var examples })
        {
            Title(examples.Count == 1 ? "Example" : "Examples", screen);
            foreach (var example in examples)
                screen.Write($"  {example}", Tone.Accent);
        }
        if (command is RootCommand or Verb { Judges: true })
            Rows("Exit codes", ExitCode.All.Select(code => ($"{code.Code}", code.Meaning)), screen);
        if (command is not RootCommand)
            return;
        screen.Write();
        screen.Write(new Line().Add("plimsoll <verb> --help", Tone.Accent).Add(" tells more of a verb.", Tone.Dim));
    }

    static void Verbs(string group, List<Verb> verbs, Screen screen)
    {
        Title(group, screen);
        foreach (var (name, verb) in verbs.SelectMany(Leaves))
        {
            Row(name, verb.Description!, VerbColumn, screen);
            screen.Write(new Line().To(VerbColumn).Add(verb.Examples[0], Tone.Accent));
        }
    }

    // A verb with verbs below it may do something by itself too.
    static IEnumerable<(string Name, Verb Verb)> Leaves(Verb verb) => verb.Subcommands.OfType<Verb>().Select(sub => ($"{verb.Name} {sub.Name}", sub))
        .Concat(verb.Subcommands.Count == 0 || verb.Action is not null ? [(verb.Name, verb)] : []).OrderBy(leaf => leaf.Item1.Length);

    static void Rows(string title, IEnumerable<(string Left, string Right)> rows, Screen screen)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        Title(title, screen);
        var column = Math.Min(26, all.Max(row => row.Left.Length) + 4);
        foreach (var (left, right) in all)
            Row(left, right, column, screen);
    }

    static void Row(string left, string right, int column, Screen screen)
    {
        var line = new Line().Add($"  {left}", Tone.Bold);
        if (line.Cells + 1 > column)
        {
            screen.Write(line);
            line = new Line();
        }
        foreach (var words in Fit.Words(right, Math.Min(screen.Width, 100) - column))
        {
            screen.Write(line.To(column).Add(words));
            line = new Line();
        }
    }

    static void Title(string title, Screen screen)
    {
        screen.Write();
        screen.Write(title, new Style(Color.Yellow, null, Decoration.Bold));
    }

    /// <summary>Those of the command, and those of the verbs above it that count for it too.</summary>
    public static IEnumerable<Option> Options(Command command) => command.Options.Concat(command.Parents.OfType<Verb>().SelectMany(Options).Where(option => option.Recursive))
        .Where(option => !option.Hidden && option.Name != "--help");

    static string Operands(Command command) => string.Concat(command.Arguments
        .Select(argument => (argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" <{argument.Name}>") + (argument.Arity.MaximumNumberOfValues > 1 ? "..." : "")));

    static string Label(Option option) => $"{string.Join(", ", option.Aliases.Prepend(option.Name))}{(option.ValueType == typeof(bool) ? "" : $" <{option.HelpName}>")}";
}
