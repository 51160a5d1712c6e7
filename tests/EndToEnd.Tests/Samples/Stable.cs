using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>
/// What a run prints, as it would be printed by any other: the registry and the namespaces by the names of the page, each digest by one that follows from the name of its
/// image, each age and moment by always the same. Columns stay where they are.
/// </summary>
internal sealed partial class Stable
{
    readonly List<(string Found, string Written)> _names = [];

    public void Name(string found, string written) => _names.Add((found, written));

    public void Digest(string digest, string image)
    {
        var written = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(image)));
        var found = digest.Split(':')[1];
        // People are shown its first digits.
        _names.AddRange([(found, written), (found[..12], written[..12])]);
    }

    /// <param name="agesEndTheirColumn">As numbers do, and not as kubectl writes them.</param>
    public string Of(string text, bool agesEndTheirColumn)
    {
        foreach (var (found, written) in _names)
            text = Regex.Replace(text, $@"{Regex.Escape(found)}(?<rest>\S*)(?<gap> {{2,}}(?=\S))?", match => Kept(found, written, match));
        text = Moment().Replace(text, "2026-01-01T00:00:00Z");
        text = Minute().Replace(text, "2026-01-01 00:00 UTC");
        text = Age().Replace(text, age => Aged(age, agesEndTheirColumn));
        return string.Join('\n', text.Split('\n').Select(line => line.TrimEnd()));
    }

    static string Kept(string found, string written, Match match)
    {
        var gap = match.Groups["gap"].Length;
        return written + match.Groups["rest"].Value + (gap == 0 ? "" : new string(' ', Math.Max(2, gap + found.Length - written.Length)));
    }

    static string Aged(Match match, bool isRight)
    {
        const string Written = "9s";
        var (gap, lost, next) = (match.Groups["gap"].Length, match.Groups["age"].Length - Written.Length, match.Groups["next"].Length);
        return isRight
            ? new string(' ', gap > 1 ? Math.Max(gap + lost, 1) : gap) + Written + new string(' ', next)
            : new string(' ', gap) + Written + new string(' ', next > 1 ? Math.Max(next + lost, 1) : next);
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|\+00:00)")]
    private static partial Regex Moment();

    [GeneratedRegex(@"\d{4}-\d\d-\d\d \d\d:\d\d UTC")]
    private static partial Regex Minute();

    // A moment or a minute; what a spec asks for in such units is never printed behind a space.
    [GeneratedRegex(@"(?<gap> +)(?<age>\d+m\d+s|\d+[sm]|now)(?=\s|$)(?<next> *)", RegexOptions.Multiline)]
    private static partial Regex Age();
}
