using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Plimsoll.Cli.Advisories;
using Plimsoll.Cli.Dockerfiles;
using Plimsoll.Cli.Rollouts;
using Plimsoll.Cli.Server;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>The verbs, and what happens around each of them: usage errors, broken I/O and the exit code.</summary>
internal static class CommandLine
{
    /// <summary>How long a verb may take to clean up after Ctrl-C. A read of standard input cannot be cancelled and is left behind.</summary>
    static readonly TimeSpan TimeToEnd = TimeSpan.FromMilliseconds(200);

    public static RootCommand Root()
    {
        var root = new RootCommand("Says what a container image carries, what of it is waste, what is unsafe, and whether it passes your policy.");
        foreach (var verb in Verbs())
            root.Add(verb);
        root.Options.Clear();
        root.Add(new HelpOption("--help", "-h") { Action = new HelpPage() });
        return root;
    }

    // In the order of the help.
    static Verb[] Verbs() =>
    [
        Inspect.Verb(), Compare.Verb(), Layers.Verb(), Files.Verb(), Sbom.Verb(),
        Optimize.Verb(),
        PolicyVerbs.Verb(), Checks.Verb(),
        Advise.Verb(), RulesVerb.Verb(),
        AdvisoriesVerb.Verb(), VulnerabilitiesVerb.Verb(), ExplainAdvisory.Verb(),
        Login.Verb(), Submit.Verb(), Wait.Verb(), VerdictVerb.Verb(), ReportVerb.Verb(), ImagesVerb.Verb(), Logout.Verb(),
        RolloutsVerb.Verb(),
        Completion.Verb(), VersionVerb.Verb(),
    ];

    public static async Task<int> Run(string[] args)
    {
        var root = Root();
        if (args.Length == 0)
        {
            // To standard error and not with 0: a script whose variables are empty has inspected nothing.
            HelpPage.Write(root, Screen.OnStandardError());
            return ExitCode.Usage;
        }
        // An argument that starts with @ is a name like any other, not a file with arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        return parsed.Action is ParseErrorAction or null || IsUsageError(parsed) ? WrongUsage.Explain(parsed) : await Invoke(parsed);
    }

    /// <summary>One line on standard error, and the code to end with.</summary>
    public static int Say(int code, string message)
    {
        Console.Error.Write($"plimsoll: {Printable.Of(message.TrimEnd('.'))}\n");
        return code;
    }

    /// <summary>One line on standard error about what goes on all the same.</summary>
    public static void Warn(string message) => Say(ExitCode.Passed, message);

    /// <summary>One line that says what could not be inspected, why, and what to do.</summary>
    public static void Say(Failure failure) =>
        Say(ExitCode.NotInspected, $"{failure.Image}: {failure.Reason}{(failure.Remedy is null ? "" : $": {failure.Remedy}")}");

    static bool IsUsageError(ParseResult parsed) => parsed.Errors.Count > 0 && parsed.Action is not { ClearsParseErrors: true };

    static async Task<int> Invoke(ParseResult parsed)
    {
        try
        {
            var configuration = new InvocationConfiguration { ProcessTerminationTimeout = TimeToEnd, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(configuration);
        }
        catch (SetupException e)
        {
            return Say(ExitCode.Usage, e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Say(ExitCode.NotInspected, e.Message);
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Interrupted;
        }
    }
}
