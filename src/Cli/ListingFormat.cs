using System.CommandLine;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli;

/// <summary><c>--format</c> of the verbs that answer a question: for people or for programs, on standard output.</summary>
internal static class ListingFormat
{
    public static Option<string> Option()
    {
        var option = new Option<string>("--format")
        {
            HelpName = "terminal|json", Description = "the form of the answer", DefaultValueFactory = _ => "terminal",
        };
        return option.AcceptOnlyFromAmong("terminal", "json");
    }

    /// <param name="aside">To standard error, since standard output has something else.</param>
    public static void Write(string format, Action<Screen> forPeople, Action<Stream> asJson, bool aside = false)
    {
        if (format == "json")
        {
            using var output = new BufferedStream(aside ? Console.OpenStandardError() : Console.OpenStandardOutput(), 1 << 16);
            asJson(output);
            return;
        }
        using var screen = aside ? Screen.OnStandardError() : Screen.OnStandardOutput();
        forPeople(screen);
    }
}
