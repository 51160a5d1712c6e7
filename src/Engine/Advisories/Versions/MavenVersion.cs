namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// A version of Maven in one text, of which a dot begins each item and a hyphen opens each list. The lists of ComparableVersion nest, but only
/// ever at the end of each other, so that a row of items says the same, and takes no stack. Zero is an item without text.
/// </summary>
internal sealed class MavenVersion(MavenVersionOrder order, string text, string form) : ParsedVersion(order, text)
{
    enum Kind { End, Word, List, Number }

    readonly string form = form;

    private protected override int CompareWithin(ParsedVersion other)
    {
        ReadOnlySpan<char> a = form, b = ((MavenVersion)other).form;
        while (true)
        {
            var left = Take(ref a, out var kind);
            var right = Take(ref b, out var otherKind);
            var order = kind is Kind.End ? -CompareToNothing(otherKind, right)
                : otherKind is Kind.End ? CompareToNothing(kind, left)
                : kind != otherKind ? kind.CompareTo(otherKind)
                : kind is Kind.Number ? Digits.Compare(left, right)
                : kind is Kind.Word ? CompareWords(left, right) : 0;
            if (order != 0 || kind is Kind.End && otherKind is Kind.End)
                return order;
        }
    }

    static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> rest, out Kind kind)
    {
        var end = rest.IsEmpty || rest[0] is '-' ? 0 : rest[1..].IndexOfAny('.', '-') is var next and >= 0 ? next : rest.Length - 1;
        var item = rest.IsEmpty ? default : rest.Slice(1, end);
        kind = rest.IsEmpty ? Kind.End : rest[0] is '-' ? Kind.List : item.IsEmpty || char.IsAsciiDigit(item[0]) ? Kind.Number : Kind.Word;
        rest = rest.IsEmpty ? default : rest[(end + 1)..];
        return item;
    }

    static int CompareWords(ReadOnlySpan<char> a, ReadOnlySpan<char> b) =>
        MavenWords.RankOf(a) is var rank && MavenWords.RankOf(b) is var other && rank != other ? rank.CompareTo(other)
        : rank == MavenWords.Unknown ? Math.Sign(a.SequenceCompareTo(b)) : 0;

    // The end of a list is a release: 1-rc comes before it, 1-sp after it, and 1.0 is it.
    static int CompareToNothing(Kind kind, ReadOnlySpan<char> item) => kind switch
    {
        Kind.Word => MavenWords.RankOf(item).CompareTo(MavenWords.Release),
        Kind.Number => item.IsEmpty ? 0 : 1,
        _ => 0,
    };
}
