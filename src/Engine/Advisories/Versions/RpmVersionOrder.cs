using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// rpm: <c>[epoch:]version[-release]</c>, where no epoch is 0 and no release sorts before any. Runs of letters and runs of digits are compared
/// one after the other, and what is between them only parts them. At each place <c>~</c> sorts before the end, then the end, <c>^</c>, letters,
/// digits. Source: rpm-version(7), and the page on dependencies in rpm's manual.
/// </summary>
internal sealed class RpmVersionOrder : IVersionOrder
{
    static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_+~^");
    static readonly SearchValues<char> Counted = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~^");

    enum Kind { Tilde, End, Caret, Letters, Number }

    public string Name => "rpm";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        var rest = text.AsSpan();
        var colon = rest.IndexOf(':');
        var epoch = colon < 0 ? "0" : rest[..colon];
        rest = rest[(colon + 1)..];
        var dash = rest.LastIndexOf('-');
        var version = dash < 0 ? rest : rest[..dash];
        return Digits.Are(epoch) && version.ContainsAny(Counted) && !rest.ContainsAnyExcept(Allowed)
            ? new Version(this, text, epoch.ToString(), version.ToString(), dash < 0 ? null : rest[(dash + 1)..].ToString())
            : null;
    }

    static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (true)
        {
            var left = Next(ref a, out var kindOfA);
            var right = Next(ref b, out var kindOfB);
            var order = kindOfA != kindOfB ? kindOfA - kindOfB : kindOfA is Kind.Number ? Digits.Compare(left, right) : left.SequenceCompareTo(right);
            if (order != 0)
                return Math.Sign(order);
            if (kindOfA is Kind.End)
                return 0;
        }
    }

    static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, out Kind kind)
    {
        var start = rest.IndexOfAny(Counted);
        rest = start < 0 ? default : rest[start..];
        kind = rest.IsEmpty ? Kind.End : rest[0] switch
        {
            '~' => Kind.Tilde,
            '^' => Kind.Caret,
            >= '0' and <= '9' => Kind.Number,
            _ => Kind.Letters,
        };
        var length = kind switch
        {
            Kind.End => 0,
            Kind.Number => Digits.Leading(rest),
            Kind.Letters => Letters(rest),
            _ => 1,
        };
        var part = rest[..length];
        rest = rest[length..];
        return part;
    }

    static int Letters(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && char.IsAsciiLetter(text[length]))
            length++;
        return length;
    }

    sealed class Version(RpmVersionOrder order, string text, string epoch, string version, string? release) : ParsedVersion(order, text)
    {
        readonly string epoch = epoch;
        readonly string version = version;
        readonly string? release = release;

        private protected override int CompareWithin(ParsedVersion other)
        {
            var that = (Version)other;
            return Digits.Compare(epoch, that.epoch) is var byEpoch and not 0 ? byEpoch
                : Compare(version, that.version) is var byVersion and not 0 ? byVersion
                : release is null || that.release is null ? (release is not null).CompareTo(that.release is not null)
                : Compare(release, that.release);
        }
    }
}
