using System.Text.RegularExpressions;
using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Secrets;

/// <summary>Finds secrets in a line of text: a history line, a value of the configuration, a command.</summary>
internal static partial class SecretText
{
    /// <summary>Characters before a match that its expression may look back at.</summary>
    const int Context = 32;

    /// <summary>In the order of the text; where two rules see the same characters, the longer match, then the more specific rule, stands.</summary>
    public static IReadOnlyList<SecretHit> Find(string text) => Find(text, Instruction.Parse(text));

    /// <summary>The same of a line of the history that is already read.</summary>
    public static IReadOnlyList<SecretHit> Find(string text, Instruction instruction)
    {
        if (text.Length == 0)
            return [];
        var hits = new List<SecretHit>();
        foreach (var rule in SecretRules.Shapes)
            foreach (var keyword in rule.Keywords)
                Shaped(text, rule, keyword, hits);
        hits.AddRange(Named(text, Assignment()));
        hits.AddRange(Named(text, Option()));
        hits.AddRange(Named(text, Header()));
        hits.AddRange(Variables(text, instruction));
        return Settle(hits);
    }

    /// <summary>The secret that the variable <paramref name="name"/> holds, or those inside its value.</summary>
    public static IReadOnlyList<SecretHit> FindIn(string name, string value)
    {
        var inside = Find(value).Select(hit => hit with { Name = hit.Name ?? name }).ToList();
        return inside.Count == 0 && ByName(name, value, 0) is { } hit ? [hit] : inside;
    }

    static void Shaped(string text, SecretRule rule, string keyword, List<SecretHit> hits)
    {
        var comparison = rule.Expression!.Options.HasFlag(RegexOptions.IgnoreCase) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        for (var at = text.IndexOf(keyword, comparison); at >= 0; at = text.IndexOf(keyword, at + 1, comparison))
        {
            var from = Math.Max(0, at - rule.Lead - Context);
            var around = text.AsSpan(from, Math.Min(text.Length, at + rule.Reach) - from);
            if (rule.Match(around, at - from) is { } match && !IsReference(around[match.Start..]))
                hits.Add(new SecretHit(rule, null, around.Slice(match.Start, match.Length).ToString(), from + match.Start));
        }
    }

    /// <summary>The value itself, where the name says that it is a secret.</summary>
    public static SecretHit? ByName(string name, string value, int start)
    {
        var bare = value.Trim('"', '\'');
        return SecretNames.IsSecret(name) && !SecretValues.IsHarmless(bare, SecretNames.IsPassword(name))
            ? new SecretHit(SecretRules.ByName, name.TrimStart('-'), bare, start + value.IndexOf(bare, StringComparison.Ordinal))
            : null;
    }

    static IEnumerable<SecretHit> Named(string text, Regex pattern) =>
        from match in pattern.Matches(text)
        let hit = ByName(match.Groups["name"].Value, match.Groups["value"].Value, match.Groups["value"].Index)
        where hit is not null
        select hit;

    // ENV, ARG and the recorded build arguments are not quoted: the value goes on over spaces, which no pattern above may assume.
    static IEnumerable<SecretHit> Variables(string text, Instruction instruction)
    {
        var pairs = instruction.Verb is "ENV" or "ARG" ? Pairs(instruction.Arguments) : instruction.BuildArgs;
        var from = 0;
        foreach (var (name, value) in pairs)
        {
            var at = text.IndexOf(name, from, StringComparison.Ordinal);
            at = at < 0 || value.Length == 0 ? -1 : text.IndexOf(value, at + name.Length, StringComparison.Ordinal);
            if (at < 0)
                continue;
            from = at + value.Length;
            if (ByName(name, value, at) is { } hit)
                yield return hit;
        }
    }

    static IEnumerable<KeyValuePair<string, string>> Pairs(string arguments)
    {
        var starts = PairName().Matches(arguments);
        if (starts is not [{ Index: 0 }, ..])
            return arguments.Split(' ', 2) is [var name, var value] ? [new(name, value.Trim())] : [];
        return starts.Select((start, i) => new KeyValuePair<string, string>(
            start.Groups[1].Value, arguments[(start.Index + start.Length)..(i + 1 < starts.Count ? starts[i + 1].Index : arguments.Length)].Trim()));
    }

    static bool IsReference(ReadOnlySpan<char> value) => value[0] is '$' or '<' or '`' or '{' or '*';

    static List<SecretHit> Settle(List<SecretHit> hits)
    {
        var settled = new List<SecretHit>();
        // The sort is stable: shapes come before names, in the order of the rules.
        foreach (var hit in hits.OrderBy(hit => hit.Start).ThenByDescending(hit => hit.End))
            if (settled.Count == 0 || hit.Start >= settled[^1].End)
                settled.Add(hit);
            else if (hit.End > settled[^1].End)
                settled[^1] = settled[^1] with { Value = settled[^1].Value + hit.Value[(settled[^1].End - hit.Start)..] };
        return settled;
    }

    const string Value = "(?<value>\"[^\"]*\"|'[^']*'|[^\\s\"';&|<>,)}]+)";

    [GeneratedRegex("(?<![A-Za-z0-9_.-])(?<name>[A-Za-z_-][A-Za-z0-9_.-]*)(?:=|['\"]\\s{0,3}:\\s{0,3}(?=['\"]))" + Value)]
    private static partial Regex Assignment();

    [GeneratedRegex("(?<![A-Za-z0-9_-])--(?<name>[A-Za-z][A-Za-z0-9_-]*)\\s{1,3}(?!-)" + Value)]
    private static partial Regex Option();

    [GeneratedRegex("(?:-H|--header)[ =]?['\"]?(?<name>[A-Za-z][A-Za-z0-9-]*):\\s{0,3}" + Value)]
    private static partial Regex Header();

    [GeneratedRegex("(?:^|(?<=\\s))([A-Za-z_][A-Za-z0-9_.-]*)=")]
    private static partial Regex PairName();
}
