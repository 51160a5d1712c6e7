using System.CommandLine;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli;

/// <summary>A command line that makes no sense: one line that says why, with a hint at what was meant.</summary>
internal static class WrongUsage
{
    public static int Explain(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var word = parsed.UnmatchedTokens is [var unmatched, ..] ? unmatched : null;
        // It is not repeated.
        if (parsed.Tokens.Any(token => IsToken(token.Value)) || command.Name == "login" && word is not (null or ['-', ..]))
            return CommandLine.Say(ExitCode.Usage, "a token on the command line is seen by all users of this machine: give it at the prompt of 'plimsoll login', with --token-stdin or --token-file, or in PLIMSOLL_TOKEN");
        var message = word is null ? Sentence(parsed.Errors is [var error, ..] ? error.Message : "there is no verb") : $"there is no '{word}'";
        var hint = word is null ? null : Hint(command, word);
        return CommandLine.Say(ExitCode.Usage, $"{message}: {hint ?? $"see '{NameOf(command)} --help'"}");
    }

    static bool IsToken(string word) => word.Split('=')[0] is "--token" or "--password";

    /// <summary>The command as it is typed, such as <c>plimsoll policy check</c>.</summary>
    public static string NameOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{NameOf(parent)} {command.Name}" : "plimsoll";

    static string? Hint(Command command, string word)
    {
        if (Nearest(word, [.. command.Subcommands.Select(sub => sub.Name), .. HelpPage.Options(command).Select(option => option.Name), "--help"]) is { } meant)
            return $"did you mean '{NameOf(command)} {meant}'?";
        var looksLikeImage = command is RootCommand && (Path.Exists(word) || word.Contains(':', StringComparison.Ordinal));
        return looksLikeImage ? $"did you mean 'plimsoll inspect {word}'?" : null;
    }

    static string Sentence(string message) => message.Length == 0 ? message : char.ToLowerInvariant(message[0]) + message[1..].TrimEnd('.');

    static string? Nearest(string word, IEnumerable<string> words)
    {
        var bare = word.TrimStart('-');
        return words.Select(known => (Known: known, Distance: Distance(bare, known.TrimStart('-'))))
            .Where(pair => pair.Distance <= 2).OrderBy(pair => pair.Distance).Select(pair => pair.Known).FirstOrDefault();
    }

    // Levenshtein's distance, one row at a time.
    static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
            return int.MaxValue;
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[^1];
    }
}
