using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// PyPI: <c>[epoch!]1.2.3[a|b|rc N][.postN][.devN][+local]</c> in all the spellings that are normalised to it; zeros at the end of the release
/// do not count. What is not of that form is no version, as pip has had it since 24.1. Source: PEP 440, kept as "Version specifiers" by PyPA.
/// </summary>
internal sealed class PythonVersionOrder : IVersionOrder
{
    /// <summary>The longer of two that begin alike comes first.</summary>
    static readonly (string Spelling, int Rank)[] Stages =
        [("alpha", Stage.Alpha), ("a", Stage.Alpha), ("beta", Stage.Beta), ("b", Stage.Beta), ("preview", Stage.Candidate), ("pre", Stage.Candidate), ("c", Stage.Candidate), ("rc", Stage.Candidate)];

    static readonly (string Spelling, int Rank)[] Posts = [("post", 1), ("rev", 1), ("r", 1)];

    static readonly SearchValues<char> OfLocal = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz");

    static readonly (string Spelling, int Rank)[] Devs = [("dev", 1)];

    public string Name => "pep440";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        var form = text.Trim().ToLowerInvariant();
        var rest = form.AsSpan(form.StartsWith('v') ? 1 : 0);
        var epoch = Epoch(ref rest);
        var release = Release(ref rest);
        var (stage, pre) = Part(ref rest, Stages) ?? (Stage.None, "");
        var post = ImplicitPost(ref rest) ?? Part(ref rest, Posts)?.Number;
        var dev = Part(ref rest, Devs)?.Number;
        var local = rest.Length > 0 && rest[0] is '+' ? rest[1..].ToString().Replace('-', '.').Replace('_', '.') : null;
        if (release.IsEmpty || (local is null ? !rest.IsEmpty : !IsLocal(local)))
            return null;
        if (stage == Stage.None)
            stage = post is null && dev is not null ? Stage.BeforeAll : Stage.AfterAll;
        return new PythonVersion(this, text)
        {
            Epoch = epoch, Release = WithoutZeros(release).ToString(), Stage = stage, Pre = pre, Post = post, Dev = dev, Local = local,
        };
    }

    static string Epoch(ref ReadOnlySpan<char> rest)
    {
        var digits = Digits.Leading(rest);
        if (digits == 0 || digits == rest.Length || rest[digits] is not '!')
            return "";
        var epoch = rest[..digits].ToString();
        rest = rest[(digits + 1)..];
        return epoch;
    }

    // Digits, and more behind dots.
    static ReadOnlySpan<char> Release(ref ReadOnlySpan<char> rest)
    {
        var end = Digits.Leading(rest);
        while (end > 0 && end + 1 < rest.Length && rest[end] is '.' && Digits.Leading(rest[(end + 1)..]) is var more and > 0)
            end += 1 + more;
        var release = rest[..end];
        rest = rest[end..];
        return release;
    }

    static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> release)
    {
        while (release.LastIndexOf('.') is var dot and > 0 && !release[(dot + 1)..].ContainsAnyExcept('0'))
            release = release[..dot];
        return release;
    }

    // "-1" is post-release 1 where no letter says otherwise.
    static string? ImplicitPost(ref ReadOnlySpan<char> rest)
    {
        var digits = rest.Length > 1 && rest[0] is '-' ? Digits.Leading(rest[1..]) : 0;
        if (digits == 0)
            return null;
        var number = rest.Slice(1, digits).ToString();
        rest = rest[(digits + 1)..];
        return number;
    }

    // A separator, one of the words, another separator, a number: all but the word may be missing.
    static (int Rank, string Number)? Part(ref ReadOnlySpan<char> rest, (string Spelling, int Rank)[] words)
    {
        var at = AfterSeparator(rest);
        foreach (var (spelling, rank) in words)
        {
            if (!at.StartsWith(spelling, StringComparison.Ordinal))
                continue;
            at = AfterSeparator(at[spelling.Length..]);
            var digits = Digits.Leading(at);
            rest = at[digits..];
            return (rank, at[..digits].ToString());
        }
        return null;
    }

    static ReadOnlySpan<char> AfterSeparator(ReadOnlySpan<char> text) => text.Length > 0 && text[0] is '-' or '_' or '.' ? text[1..] : text;

    static bool IsLocal(ReadOnlySpan<char> local)
    {
        foreach (var part in local.Split('.'))
        {
            if (local[part].IsEmpty || local[part].ContainsAnyExcept(OfLocal))
                return false;
        }
        return true;
    }

    /// <summary>Where what comes before the release stands: a development release of the release itself before all of them.</summary>
    internal static class Stage
    {
        public const int None = -1, BeforeAll = 0, Alpha = 1, Beta = 2, Candidate = 3, AfterAll = 4;
    }
}
