using System.CommandLine;
using System.CommandLine.Help;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli;

/// <summary>The verbs, and what happens around each of them: usage errors, broken I/O and the exit code.</summary>
internal static class CommandLine
{
    public static RootCommand Root()
    {
        var root = new RootCommand("Says what a container image carries, what of it is waste, what is unsafe, and whether it passes your policy.");
        foreach (var verb in new[] { Inspect.Verb(), Compare.Verb(), Layers.Verb(), Files.Verb(), PolicyVerbs.Verb(), Checks.Verb(), VersionVerb.Verb(), Completion.Verb() })
            root.Add(verb);
        foreach (var option in root.Options.ToList())
            if (option is HelpOption help)
                help.Action = new Help();
            else if (option is VersionOption)
                root.Options.Remove(option);
        return root;
    }

    public static async Task<int> Run(string[] args)
    {
        var parsed = Root().Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Errors is [var error, ..] && parsed.Action is not Help && !IsSuggestion(args))
            return Say(ExitCode.Usage, $"{error.Message} Try '{Name(parsed)} --help'.");
        try
        {
            // Without a termination handler of its own, Ctrl-C ends the process at once: nothing needs undoing.
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            return ExitCode.Passed;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Say(ExitCode.NotInspected, e.Message);
        }
    }

    /// <summary>One line on standard error, and the code to end with.</summary>
    public static int Say(int code, string message)
    {
        Console.Error.WriteLine($"plimsoll: {Plain.Text(message)}");
        return code;
    }

    /// <summary>One line that says what could not be inspected, why, and what to do.</summary>
    public static void Say(Engine.Reports.Failure failure) =>
        Say(ExitCode.NotInspected, $"{failure.Image}: {failure.Reason}{(failure.Remedy is null ? "" : $"; {failure.Remedy}")}");

    static bool IsSuggestion(string[] args) => args is [['[', ..], ..];

    // EPIPE: whoever read the output has seen enough, as in `plimsoll … | head`.
    static bool IsBrokenPipe(IOException e) => (e.HResult & 0xffff) == 32;

    static string Name(ParseResult parsed)
    {
        var names = new List<string>();
        for (System.CommandLine.Parsing.SymbolResult? at = parsed.CommandResult; at is System.CommandLine.Parsing.CommandResult command; at = at.Parent)
            names.Insert(0, command.Command is RootCommand ? "plimsoll" : command.Command.Name);
        return string.Join(' ', names);
    }
}
