using System.Text.RegularExpressions;

namespace Plimsoll.Cli.Rollouts;

/// <summary>Commands that a reader copies into a shell. Names of a cluster may hold anything, and must stay one word there.</summary>
internal static partial class ShellWords
{
    public static string Join(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));

    static string Quote(string word) => Plain().IsMatch(word) ? word : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"^[\w./:=@,+%-]+$", RegexOptions.ECMAScript)]
    private static partial Regex Plain();
}
