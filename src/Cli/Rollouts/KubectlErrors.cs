using System.Text.RegularExpressions;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rollouts;

/// <summary>What kubectl complains of, in a line, with what to do about it where that is known.</summary>
internal static partial class KubectlErrors
{
    const int MostLines = 3, MostCells = 400;

    public static string Explain(int exitCode, string said) =>
        said.Contains("doesn't have a resource type", StringComparison.Ordinal) || said.Contains("could not find the requested resource", StringComparison.Ordinal)
            ? "the cluster has no ImageRollouts: install the chart, or name another cluster with --context"
            : $"kubectl failed: {Short(said) ?? $"it ended with exit code {exitCode} and said nothing"}";

    public static string TooLate(TimeSpan patience, string said) =>
        $"kubectl did not answer within {Age.Show(patience)}{(Short(said) is { } last ? $"; it said: {last}" : ": see that the cluster can be reached, or wait longer with --timeout")}";

    // The last lines say what it came to; those of its log repeat it for programmers.
    static string? Short(string said)
    {
        var lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var told = lines.Where(line => !LogLine().IsMatch(line)).DefaultIfEmpty(lines.LastOrDefault() ?? "").TakeLast(MostLines).ToList();
        return string.Join("; ", told) is { Length: > 0 } text ? Fit.End(text, MostCells, "...") : null;
    }

    [GeneratedRegex(@"^[IWEF]\d{4} \d\d:")]
    private static partial Regex LogLine();
}
