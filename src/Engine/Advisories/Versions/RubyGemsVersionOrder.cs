using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// RubyGems: runs of digits and runs of letters are segments, <c>-</c> stands for <c>.pre.</c>, zeros before the first letter and at the end do not
/// count, and a missing segment counts as 0. Letters sort before numbers: <c>1.a &lt; 1</c>. Source: the documentation of Gem::Version.
/// </summary>
internal sealed class RubyGemsVersionOrder : IVersionOrder
{
    static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public string Name => "rubygems";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var dash = trimmed.IndexOf('-') is var found and >= 0 ? found : trimmed.Length;
        if (Digits.Leading(trimmed) == 0 || !AreSegments(trimmed[..dash], dashes: false) || dash < trimmed.Length && !AreSegments(trimmed[(dash + 1)..], dashes: true))
            return null;
        // The first segment is all digits.
        if (Digits.Leading(trimmed) is var digits && digits < trimmed.Length && trimmed[digits] is not ('.' or '-'))
            return null;
        var form = trimmed.ToString().Replace("-", ".pre.", StringComparison.Ordinal).AsSpan();
        var letter = form.IndexOfAny(Letters) is var first and >= 0 ? first : form.Length;
        return new Version(this, text, WithoutZeros(form[..letter]).ToString(), WithoutZeros(form[letter..]).ToString());
    }

    static bool AreSegments(ReadOnlySpan<char> text, bool dashes)
    {
        foreach (var range in text.Split('.'))
        {
            var segment = text[range];
            if (segment.IsEmpty || segment.ContainsAnyExcept(Dotted.Identifier) || !dashes && segment.Contains('-'))
                return false;
        }
        return true;
    }

    // A zero is a run of digits that are zeros; the one in "10" is none.
    static ReadOnlySpan<char> WithoutZeros(ReadOnlySpan<char> segments)
    {
        while (true)
        {
            segments = segments.TrimEnd('.');
            var rest = segments.TrimEnd('0');
            if (rest.Length == segments.Length || rest.Length > 0 && char.IsAsciiDigit(rest[^1]))
                return segments;
            segments = rest;
        }
    }

    static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> segments)
    {
        segments = segments.TrimStart('.');
        var end = segments.IsEmpty ? 0
            : Digits.Leading(segments) is var digits and > 0 ? digits
            : segments.IndexOfAnyExcept(Letters) is var other and >= 0 ? other : segments.Length;
        var segment = segments[..end];
        segments = segments[end..];
        return segment;
    }

    sealed class Version(RubyGemsVersionOrder order, string text, string numbers, string others) : ParsedVersion(order, text)
    {
        readonly string numbers = numbers;
        readonly string others = others;

        private protected override int CompareWithin(ParsedVersion other)
        {
            var that = (Version)other;
            ReadOnlySpan<char> a = numbers, b = that.numbers, aOthers = others, bOthers = that.others;
            while (!a.IsEmpty || !b.IsEmpty || !aOthers.IsEmpty || !bOthers.IsEmpty)
            {
                var left = a.IsEmpty ? Take(ref aOthers) : Take(ref a);
                var right = b.IsEmpty ? Take(ref bOthers) : Take(ref b);
                var (isWord, thatIsWord) = (!left.IsEmpty && !char.IsAsciiDigit(left[0]), !right.IsEmpty && !char.IsAsciiDigit(right[0]));
                var order = isWord != thatIsWord ? thatIsWord.CompareTo(isWord)
                    : isWord ? Math.Sign(left.SequenceCompareTo(right)) : Digits.Compare(left, right);
                if (order != 0)
                    return order;
            }
            return 0;
        }
    }
}
