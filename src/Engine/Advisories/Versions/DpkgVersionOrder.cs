using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Debian and what is made of it: <c>[epoch:]upstream[-revision]</c>. Runs of other characters and runs of digits take turns; of the former
/// <c>~</c> sorts before the end, the end before letters, and letters before all else. What <c>dpkg --validate-version</c> refuses is no
/// version here either. Source: deb-version(7), and Debian Policy 5.6.12 for the characters that there may be.
/// </summary>
internal sealed class DpkgVersionOrder : IVersionOrder
{
    const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    static readonly SearchValues<char> OfRevision = SearchValues.Create(Alphanumeric + ".+~");
    static readonly SearchValues<char> OfUpstream = SearchValues.Create(Alphanumeric + ".+~-:");

    public string Name => "dpkg";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        var rest = text.AsSpan().Trim(" \t\n");
        var epoch = 0;
        if (rest.IndexOf(':') is var colon and >= 0)
        {
            // dpkg keeps the epoch in an int, and refuses what does not fit.
            var digits = rest[..colon];
            if (!Digits.Are(digits) || !int.TryParse(digits, out epoch))
                return null;
            rest = rest[(colon + 1)..];
        }
        var dash = rest.LastIndexOf('-');
        var upstream = dash < 0 ? rest : rest[..dash];
        var revision = dash < 0 ? default : rest[(dash + 1)..];
        var good = upstream.Length > 0 && char.IsAsciiDigit(upstream[0]) && !upstream.ContainsAnyExcept(OfUpstream)
            && !revision.ContainsAnyExcept(OfRevision) && (dash < 0 || revision.Length > 0);
        return good ? new Version(this, text, epoch, upstream.ToString(), revision.ToString()) : null;
    }

    static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (a.Length > 0 || b.Length > 0)
        {
            while (InText(a) || InText(b))
            {
                if (Weight(a).CompareTo(Weight(b)) is var byText and not 0)
                    return byText;
                a = a[1..];
                b = b[1..];
            }
            var (digitsOfA, digitsOfB) = (Digits.Leading(a), Digits.Leading(b));
            if (Digits.Compare(a[..digitsOfA], b[..digitsOfB]) is var byNumber and not 0)
                return byNumber;
            a = a[digitsOfA..];
            b = b[digitsOfB..];
        }
        return 0;
    }

    static bool InText(ReadOnlySpan<char> rest) => rest.Length > 0 && !char.IsAsciiDigit(rest[0]);

    // The end and a digit weigh the same: the run of text has ended. What weighs as much as it is text in both.
    static int Weight(ReadOnlySpan<char> rest) => !InText(rest) ? 0 : rest[0] is '~' ? -1 : char.IsAsciiLetter(rest[0]) ? rest[0] : rest[0] + 256;

    sealed class Version(DpkgVersionOrder order, string text, int epoch, string upstream, string revision) : ParsedVersion(order, text)
    {
        readonly int epoch = epoch;
        readonly string upstream = upstream;
        readonly string revision = revision;

        private protected override int CompareWithin(ParsedVersion other)
        {
            var that = (Version)other;
            return epoch.CompareTo(that.epoch) is var byEpoch and not 0 ? byEpoch
                : Compare(upstream, that.upstream) is var byUpstream and not 0 ? byUpstream
                : Compare(revision, that.revision);
        }
    }
}
