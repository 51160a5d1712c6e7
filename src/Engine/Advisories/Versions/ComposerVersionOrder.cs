using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Packagist: up to four numbers or a date, then a stability with its number, then <c>-dev</c>; branches such as <c>2.x-dev</c> stand behind all
/// versions that they may become. A version is first brought into that form, and the forms are compared as PHP compares versions. Branches by
/// name (<c>dev-main</c>) have no place among versions and are none here; nor are aliases and stability flags, which belong to requirements.
/// Source: composer/semver's VersionParser, and version_compare in PHP's manual.
/// </summary>
internal sealed partial class ComposerVersionOrder : IVersionOrder
{
    // The longer of two that begin alike comes first.
    static readonly (string Spelling, string Name)[] Stabilities =
        [("stable", ""), ("beta", "beta"), ("b", "beta"), ("rc", "RC"), ("alpha", "alpha"), ("a", "alpha"), ("patch", "patch"), ("pl", "patch"), ("p", "patch")];

    /// <summary>What Composer puts in the place of an x.</summary>
    const string Endless = "9999999";

    public string Name => "composer";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        var version = text.AsSpan().Trim();
        if (version.IndexOf('+') is var plus and > 0 && plus + 1 < version.Length)
            version = version[..plus];
        if (version.StartsWith("v", StringComparison.OrdinalIgnoreCase))
            version = version[1..];
        return version.ContainsAnyExceptInRange('!', '~') ? null
            : (Numbered(version) ?? Dated(version) ?? Branch(version)) is { } form ? new ComposerVersion(this, text, form) : null;
    }

    // 1.2 is 1.2.0.0, with what follows.
    static string? Numbered(ReadOnlySpan<char> version)
    {
        var end = Digits.Leading(version);
        if (end is 0 or > 5)
            return null;
        var count = 1;
        while (count < 4 && end < version.Length && version[end] is '.' && Digits.Leading(version[(end + 1)..]) is var more and > 0)
            (end, count) = (end + 1 + more, count + 1);
        return Modifiers(version[end..]) is { } modifiers ? $"{version[..end]}{string.Concat(Enumerable.Repeat(".0", 4 - count))}{modifiers}" : null;
    }

    // 20100102 and 2010-01-02.10.20 stay as many numbers as they are.
    static string? Dated(ReadOnlySpan<char> version)
    {
        const int longest = 32;
        var end = 0;
        foreach (var match in Date().EnumerateMatches(version[..Math.Min(version.Length, longest)]))
            end = match.Length;
        return end > 0 && Modifiers(version[end..]) is { } modifiers ? $"{version[..end].ToString().Replace(':', '.').Replace('-', '.')}{modifiers}" : null;
    }

    static string? Branch(ReadOnlySpan<char> version)
    {
        if (!version.EndsWith("dev", StringComparison.OrdinalIgnoreCase))
            return null;
        var name = version[..^3];
        if (name.Length > 0 && name[^1] is '.' or '-')
            name = name[..^1];
        var numbers = new List<string>();
        foreach (var range in name.Split('.'))
        {
            var number = name[range];
            if (numbers.Count == 4 || !Digits.Are(number) && (numbers.Count == 0 || number is not ("x" or "X" or "*")))
                return null;
            numbers.Add(Digits.Are(number) ? number.ToString() : Endless);
        }
        return string.Join('.', numbers.Concat(Enumerable.Repeat(Endless, 4 - numbers.Count))) + "-dev";
    }

    // What follows the numbers, in its one spelling; null where it is something else.
    static string? Modifiers(ReadOnlySpan<char> rest)
    {
        if (rest.Length > 0 && rest[0] is '.' or '_' or '-')
            rest = rest[1..];
        foreach (var (spelling, name) in Stabilities)
        {
            if (!rest.StartsWith(spelling, StringComparison.OrdinalIgnoreCase))
                continue;
            var numbers = rest[spelling.Length..];
            var end = EndOfNumbers(numbers);
            if (Dev(numbers[end..]) is { } dev)
                return name.Length == 0 ? "" : $"-{name}{numbers[..end].TrimStart(".-")}{dev}";
        }
        return Dev(rest);
    }

    static int EndOfNumbers(ReadOnlySpan<char> text)
    {
        var end = 0;
        while (end < text.Length && (text[end] is '.' or '-' ? 1 : 0) is var separator && Digits.Leading(text[(end + separator)..]) is var digits and > 0)
            end += separator + digits;
        return end;
    }

    static string? Dev(ReadOnlySpan<char> rest) => rest.IsEmpty ? ""
        : (rest[0] is '.' or '-' ? rest[1..] : rest).Equals("dev", StringComparison.OrdinalIgnoreCase) ? "-dev" : null;

    [GeneratedRegex("^[0-9]{4}(?:[.:-]?[0-9]{2}){1,6}(?:[.:-]?[0-9]{1,3})?(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex Date();
}
