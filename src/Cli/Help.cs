using System.CommandLine;
using System.CommandLine.Invocation;

namespace Plimsoll.Cli;

/// <summary>The help of every verb in one form: what it does, how it is called, its options and an example.</summary>
internal sealed class Help : SynchronousCommandLineAction
{
    static readonly Dictionary<string, string[]> Examples = new()
    {
        ["plimsoll"] = ["plimsoll inspect web.tar --policy policy.yaml"],
        ["plimsoll inspect"] = ["docker save web:1.4 | plimsoll inspect -", "plimsoll inspect registry.example/shop/web:1.4 --policy policy.yaml --format json=report.json", "plimsoll inspect web.tar --platform linux/arm64"],
        ["plimsoll compare"] = ["plimsoll compare web-1.3.tar web-1.4.tar"],
        ["plimsoll layers"] = ["plimsoll layers web.tar"],
        ["plimsoll files"] = ["plimsoll files web.tar --sort size --top 20", "plimsoll files web.tar --layer 3"],
        ["plimsoll policy"] = ["plimsoll policy init policy.yaml && plimsoll policy check policy.yaml"],
        ["plimsoll policy init"] = ["plimsoll policy init policy.yaml"],
        ["plimsoll policy check"] = ["plimsoll policy check policy.yaml"],
        ["plimsoll checks"] = ["plimsoll checks setuid-setgid"],
        ["plimsoll version"] = ["plimsoll version"],
        ["plimsoll completion"] = ["source <(plimsoll completion bash)"],
    };

    const string Codes = """
        Exit codes:
          0   inspected, and passed (or there was no policy)
          1   the verdict is Fail
          2   could not be inspected
          3   the verdict is Undecided
          64  wrong usage
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var name = NameOf(command);
        var output = Console.Out;
        output.WriteLine(command.Description);
        output.WriteLine($"\nUsage:\n  {name}{Operands(command)}{(command.Subcommands.Count > 0 ? " <verb>" : "")}{(command.Options.Any(o => !o.Hidden && o.Name != "--help") ? " [options]" : "")}");
        Section(output, "Verbs", command.Subcommands.Select(verb => (verb.Name + Operands(verb), verb.Description)));
        Section(output, "Arguments", command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description)));
        Section(output, "Options", command.Options.Where(option => !option.Hidden && option.Name != "--help").Select(option => (Label(option), option.Description)));
        output.WriteLine("\nExample:");
        foreach (var example in Examples[name])
            output.WriteLine($"  {example}");
        if (command is RootCommand || command.Name is "inspect")
            output.WriteLine($"\n{Codes}");
        return ExitCode.Passed;
    }

    static void Section(TextWriter output, string title, IEnumerable<(string Left, string? Right)> rows)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        output.WriteLine($"\n{title}:");
        var width = Math.Min(34, all.Max(row => row.Left.Length)) + 2;
        foreach (var (left, right) in all)
        {
            var lines = Wrap(right ?? "", 98 - width).ToList();
            output.WriteLine(left.Length < width ? $"  {left.PadRight(width)}{lines.FirstOrDefault()}" : $"  {left}\n  {new string(' ', width)}{lines.FirstOrDefault()}");
            foreach (var line in lines.Skip(1))
                output.WriteLine($"  {new string(' ', width)}{line}");
        }
    }

    static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }

    static string Operands(Command command) =>
        string.Concat(command.Arguments.Select(argument => argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.Name}]" : $" <{argument.Name}>"));

    static string Label(Option option) =>
        string.Join(", ", option.Aliases.Prepend(option.Name)) + (option.ValueType == typeof(bool) ? "" : $" <{option.HelpName ?? option.Name.TrimStart('-')}>");

    static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : "plimsoll";
}
