using System.Text;
using Plimsoll.Engine.Advisories.Versions;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Advisories.Versions;

/// <summary>
/// The program that an ecosystem itself compares versions with. It is started once, reads pairs from a file, two versions and a tab between them on
/// each line, and answers each with <c>&lt;</c>, <c>=</c>, <c>&gt;</c>, or <c>?</c> where one of them is no version to it.
/// </summary>
internal static class VersionOracle
{
    const int Generated = 6000;

    /// <summary>Of an oracle that refuses what is no version, how many more pairs are asked in which there may be such.</summary>
    const int Refused = 2000;

    /// <summary>
    /// Asks about pairs made of <paramref name="pieces"/> and about real ones, prints what it measured, and fails for any disagreement; also
    /// about what is a version, where <paramref name="refused"/> says that the oracle decides that too.
    /// </summary>
    public static async Task Agrees(VersionPieces pieces, string oracle, string[] ecosystems, Func<TemporaryFolder, string, Task<string>> ask, bool refused = false)
    {
        var order = pieces.Order;
        IReadOnlyList<(string A, string B)> generated = [.. pieces.Pairs(Generated), .. refused ? pieces.Pairs(Refused, refused) : []];
        var real = RealVersions.Pairs(ecosystems);
        using var folder = new TemporaryFolder();
        var pairs = generated.Concat(real).ToList();
        var answers = (await ask(folder, folder.Write("pairs", Lines(pairs)))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(pairs.Count, answers.Length);

        var different = pairs.Zip(answers).Where(pair => Answer(order, pair.First) != pair.Second.Trim()).ToList();
        var refusals = answers.Count(answer => answer.Trim() is "?");
        TestContext.Current.TestOutputHelper!.WriteLine(
            $"measured: versions: {order.Name} against {oracle}: {generated.Count} generated and {real.Count} real pairs, {refusals} with no version to it, {different.Count} disagreements"
            + (RealVersions.AreThere ? "" : " (PLIMSOLL_OSV_DATA is not set: no real ones)"));

        Assert.True(different.Count == 0, string.Join('\n', different.Take(30).Select(pair => $"{pair.First.A} {pair.Second} {pair.First.B}, not {Answer(order, pair.First)}")));
        // An oracle that gives one answer to everything would be none.
        Assert.All(new[] { "<", "=", ">" }, answer => Assert.True(answers.Count(given => given.Trim() == answer) > Generated / 100, $"{oracle} hardly ever says {answer}"));
    }

    public static string Answer(IVersionOrder order, (string A, string B) pair) =>
        order.Parse(pair.A) is { } a && order.Parse(pair.B) is { } b ? a.CompareTo(b) switch { < 0 => "<", 0 => "=", > 0 => ">" } : "?";

    static string Lines(IEnumerable<(string A, string B)> pairs)
    {
        var lines = new StringBuilder();
        foreach (var (a, b) in pairs)
            lines.Append(a).Append('\t').Append(b).Append('\n');
        return lines.ToString();
    }
}
