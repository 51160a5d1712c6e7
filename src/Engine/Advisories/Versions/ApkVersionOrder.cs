using System.Buffers;

namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// Alpine and what is built with apk: <c>number{.number}…{letter}{_suffix{number}}…{~hash}{-r#}</c>. Parts are compared one after the other;
/// where the kinds differ, the one that comes earlier in that form is newer, except that <c>_alpha</c>, <c>_beta</c>, <c>_pre</c> and <c>_rc</c>
/// sort before the end. A number after a dot that begins with 0 is compared as text: <c>1.01 &lt; 1.1</c>, <c>1.0 &lt; 1.00</c>.
/// Source: apk-package(5), and the facts of apk-tools 3 (its table of compared versions).
/// </summary>
internal sealed class ApkVersionOrder : IVersionOrder
{
    /// <summary>In order, with none of them in the place of the empty one.</summary>
    static readonly string[] Suffixes = ["alpha", "beta", "pre", "rc", "", "cvs", "svn", "git", "hg", "p"];

    const int NoSuffix = 4;

    static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    enum Kind { End, Revision, Hash, SuffixNumber, Suffix, Letter, Number, First, Invalid }

    public string Name => "apk";

    public int Revision => 1;

    public ParsedVersion? Parse(string text)
    {
        var part = Part.FirstOf(text);
        while (part.Kind is not (Kind.End or Kind.Invalid))
            part = part.Next();
        return part.Kind is Kind.End ? new Version(this, text) : null;
    }

    sealed class Version(ApkVersionOrder order, string text) : ParsedVersion(order, text)
    {
        private protected override int CompareWithin(ParsedVersion other)
        {
            var a = Part.FirstOf(Text);
            var b = Part.FirstOf(other.Text);
            while (a.Kind == b.Kind && a.Kind is not Kind.End)
            {
                if (a.CompareValue(b) is var order and not 0)
                    return order;
                a = a.Next();
                b = b.Next();
            }
            return a.Place.CompareTo(b.Place);
        }
    }

    /// <summary>One part of a version, and what follows it.</summary>
    readonly ref struct Part(Kind kind, ReadOnlySpan<char> value, ReadOnlySpan<char> rest)
    {
        readonly ReadOnlySpan<char> value = value;
        readonly ReadOnlySpan<char> rest = rest;

        public Kind Kind { get; } = kind;

        /// <summary>Where it sorts among other kinds; what comes before a release sorts before the end.</summary>
        public int Place => Kind is Kind.Suffix && IndexOfSuffix(value) < NoSuffix ? -1 : (int)Kind;

        public static Part FirstOf(ReadOnlySpan<char> text) => Number(Kind.First, text);

        public Part Next() => rest.IsEmpty ? new(Kind.End, default, default) : rest[0] switch
        {
            '.' when Kind is Kind.First or Kind.Number => Number(Kind.Number, rest[1..]),
            >= 'a' and <= 'z' when Kind is Kind.First or Kind.Number => new(Kind.Letter, rest[..1], rest[1..]),
            '_' when Kind >= Kind.SuffixNumber => Suffix(rest[1..]),
            >= '0' and <= '9' when Kind is Kind.Suffix => Number(Kind.SuffixNumber, rest),
            '~' when Kind > Kind.Hash => Hash(rest[1..]),
            '-' when Kind > Kind.Revision && rest.StartsWith("-r") => Number(Kind.Revision, rest[2..]),
            _ => new(Kind.Invalid, default, default),
        };

        public int CompareValue(Part other) => Kind switch
        {
            Kind.Suffix => IndexOfSuffix(value).CompareTo(IndexOfSuffix(other.value)),
            Kind.Number when value[0] is '0' || other.value[0] is '0' => Math.Sign(value.SequenceCompareTo(other.value)),
            Kind.Letter or Kind.Hash => Math.Sign(value.SequenceCompareTo(other.value)),
            _ => Digits.Compare(value, other.value),
        };

        static Part Number(Kind kind, ReadOnlySpan<char> text) => Of(kind, text, Digits.Leading(text));

        static Part Suffix(ReadOnlySpan<char> text)
        {
            var end = text.IndexOfAnyExceptInRange('a', 'z') is var found and >= 0 ? found : text.Length;
            return IndexOfSuffix(text[..end]) < 0 ? new(Kind.Invalid, default, default) : Of(Kind.Suffix, text, end);
        }

        static Part Hash(ReadOnlySpan<char> text) => Of(Kind.Hash, text, text.IndexOfAnyExcept(Hexadecimal) is var end and >= 0 ? end : text.Length);

        static Part Of(Kind kind, ReadOnlySpan<char> text, int length) =>
            length == 0 ? new(Kind.Invalid, default, default) : new(kind, text[..length], text[length..]);

        static int IndexOfSuffix(ReadOnlySpan<char> name)
        {
            for (var i = 0; i < Suffixes.Length; i++)
            {
                if (name.SequenceEqual(Suffixes[i]))
                    return name.IsEmpty ? -1 : i;
            }
            return -1;
        }
    }
}
