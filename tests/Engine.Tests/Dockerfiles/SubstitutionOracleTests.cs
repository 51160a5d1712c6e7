using System.Text;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Engine.Tests.Dockerfiles;

/// <summary>Substitutions that nobody wrote, and what bash makes of them.</summary>
public sealed class SubstitutionOracleTests
{
    static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["a"] = "abcabc", ["b"] = "", ["c"] = "one.two.three", ["d"] = "/usr/local/bin", ["e"] = "aaaa", ["f"] = "x y z", ["v12"] = "1.22.333-rc1",
    };

    static readonly string[] Names = [.. Values.Keys, "unset"], Words = ["", "y", "a", "abc", "x.y", "1"], Patterns = ["a", "b*", "*b", "?", "??", "*", "a*c", "*.*", ".*", "*/", "/*", "1?", "*-*", "aa", "[", "x y", "*a?", "z"];

    [Fact]
    public async Task Each_is_what_bash_makes_of_it()
    {
        Tool.SkipWithout("bash");
        var dice = new Dice(37);
        var words = Enumerable.Range(0, 4000).Select(_ => One(dice, 0)).ToList();
        using var folder = new TemporaryFolder();
        var script = new StringBuilder("unset unset\n");
        foreach (var (name, value) in Values)
            script.Append($"{name}='{value}'\n");
        foreach (var word in words)
            script.Append($"printf '%s\\n' \"{word}\"\n");
        var lines = (await Tool.Run("bash", [folder.Write("cases", script.ToString())])).Split('\n');
        Assert.Equal(words.Count, lines.Length - 1);
        var substitution = new Substitution('\\', name => Values.GetValueOrDefault(name));
        Assert.All(words.Zip(lines), pair => Assert.Equal($"{pair.First} is {pair.Second}", $"{pair.First} is {substitution.Expand(PlacedText.Of($"\"{pair.First}\"", new(1, 1)))}"));
    }

    static string One(Dice dice, int depth)
    {
        var name = Names[dice.Roll(Names.Length)];
        var word = depth < 3 && dice.Roll(3) == 0 ? One(dice, depth + 1) : Words[dice.Roll(Words.Length)];
        var pattern = Patterns[dice.Roll(Patterns.Length)].Replace("[", "a", StringComparison.Ordinal);
        var inReplace = pattern.Replace("/", "", StringComparison.Ordinal) is { Length: > 0 } some ? some : "a";
        return dice.Roll(11) switch
        {
            0 => $"${{{name}:-{word}}}",
            1 => $"${{{name}-{word}}}",
            2 => $"${{{name}:+{word}}}",
            3 => $"${{{name}+{word}}}",
            4 => $"${{{name}#{pattern}}}",
            5 => $"${{{name}##{pattern}}}",
            6 => $"${{{name}%{pattern}}}",
            7 => $"${{{name}%%{pattern}}}",
            // Of nothing, bash finds no * in it.
            8 => $"${{{Full(name)}/{inReplace}/{Words[dice.Roll(Words.Length)]}}}",
            9 => $"${{{Full(name)}//{inReplace}/{Words[dice.Roll(Words.Length)]}}}",
            _ => $"${{{name}}}.${name}-",
        };
    }

    static string Full(string name) => Values.GetValueOrDefault(name) is { Length: > 0 } ? name : "a";
}
