using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// A version of Packagist in its one form, compared part by part: <c>dev &lt; alpha &lt; beta &lt; RC &lt; a number &lt; patch</c>, and the end as a
/// number that is less than any. Source: version_compare in PHP's manual.
/// </summary>
internal sealed class ComposerVersion(ComposerVersionOrder order, string text, string form) : ParsedVersion(order, text)
{
    const int Number = 4;

    static readonly SearchValues<char> EndOfWord = SearchValues.Create(".-0123456789");

    readonly string form = form;

    private protected override int CompareWithin(ParsedVersion other)
    {
        ReadOnlySpan<char> a = form, b = ((ComposerVersion)other).form;
        while (true)
        {
            var left = Take(ref a);
            var right = Take(ref b);
            if (left.IsEmpty || right.IsEmpty)
                return left.IsEmpty ? -AgainstNothing(right) : AgainstNothing(left);
            var (rank, rankOfOther) = (RankOf(left), RankOf(right));
            var order = rank != rankOfOther ? rank.CompareTo(rankOfOther) : rank == Number ? Digits.Compare(left, right) : 0;
            if (order != 0)
                return order;
        }
    }

    static int AgainstNothing(ReadOnlySpan<char> part) => part.IsEmpty ? 0 : RankOf(part) < Number ? -1 : 1;

    static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart(".-");
        var digits = Digits.Leading(rest);
        var end = digits > 0 ? digits : rest.IndexOfAny(EndOfWord) is var next and >= 0 ? next : rest.Length;
        var part = rest[..end];
        rest = rest[end..];
        return part;
    }

    static int RankOf(ReadOnlySpan<char> part) => part switch
    {
        "dev" => 0,
        "alpha" => 1,
        "beta" => 2,
        "RC" => 3,
        "patch" => Number + 1,
        _ => Number,
    };
}
