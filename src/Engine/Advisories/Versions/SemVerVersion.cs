namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>
/// A version of the form <c>1.2.3-pre.1+build.5</c>, by the grammar of Semantic Versioning 2.0.0 (paragraphs 2, 9, 10, 11). The orders that
/// share the form differ in what they let through, and in what the parts behind the numbers mean.
/// </summary>
internal sealed class SemVerVersion : ParsedVersion
{
    readonly SemVerRules rules;
    readonly string form;
    readonly Range core;
    readonly Range pre;
    readonly Range build;

    SemVerVersion(IVersionOrder order, string text, string form, SemVerRules rules, Range core, Range pre, Range build) : base(order, text) =>
        (this.form, this.rules, this.core, this.pre, this.build) = (form, rules, core, pre, build);

    /// <summary>Reads what <paramref name="rules"/> let through, or says null.</summary>
    public static SemVerVersion? Read(IVersionOrder order, string text, SemVerRules rules) => Read(order, text, text, rules);

    /// <summary>The version that was written as <paramref name="text"/>, and has the form of SemVer in <paramref name="form"/>.</summary>
    public static SemVerVersion? Read(IVersionOrder order, string text, string form, SemVerRules rules)
    {
        var start = rules.HasFlag(SemVerRules.V) && form.StartsWith('v') ? 1 : 0;
        var plus = form.IndexOf('+', StringComparison.Ordinal);
        var end = plus < 0 ? form.Length : plus;
        var dash = form.AsSpan(start, end - start).IndexOf('-') is var found and >= 0 ? start + found : end;
        var zeros = rules.HasFlag(SemVerRules.LeadingZeros);
        var numbers = Numbers(form.AsSpan(start, dash - start), zeros);
        var good = (numbers == 3 || numbers is 1 or 2 && rules.HasFlag(SemVerRules.Short) && dash == form.Length)
            && (dash == end || Identifiers(form.AsSpan(dash + 1, end - dash - 1), zeros))
            && (end == form.Length || Identifiers(form.AsSpan(end + 1), zeros: true));
        return good ? new SemVerVersion(order, text, form, rules, start..dash, Math.Min(dash + 1, end)..end, Math.Min(end + 1, form.Length)..form.Length) : null;
    }

    private protected override int CompareWithin(ParsedVersion other)
    {
        var that = (SemVerVersion)other;
        if (CompareNumbers(form.AsSpan(core), that.form.AsSpan(that.core)) is var byNumbers and not 0)
            return byNumbers;
        var left = form.AsSpan(pre);
        var right = that.form.AsSpan(that.pre);
        if (left.IsEmpty != right.IsEmpty)
            return left.IsEmpty != rules.HasFlag(SemVerRules.Revision) ? 1 : -1;
        return CompareIdentifiers(left, right) is var byPre and not 0 ? byPre
            : rules.HasFlag(SemVerRules.Build) ? CompareIdentifiers(form.AsSpan(build), that.form.AsSpan(that.build)) : 0;
    }

    // How many numbers there are, or 0 where there is something else.
    static int Numbers(ReadOnlySpan<char> core, bool zeros)
    {
        var count = 0;
        foreach (var part in core.Split('.'))
        {
            var number = core[part];
            if (++count > 3 || !Digits.Are(number) || !zeros && number.Length > 1 && number[0] is '0')
                return 0;
        }
        return count;
    }

    static bool Identifiers(ReadOnlySpan<char> text, bool zeros)
    {
        foreach (var part in text.Split('.'))
        {
            var identifier = text[part];
            if (identifier.IsEmpty || identifier.ContainsAnyExcept(Dotted.Identifier) || !zeros && identifier.Length > 1 && identifier[0] is '0' && Digits.Are(identifier))
                return false;
        }
        return true;
    }

    static int CompareNumbers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        for (var i = 0; i < 3; i++)
        {
            if (Digits.Compare(Dotted.Take(ref a), Dotted.Take(ref b)) is var order and not 0)
                return order;
        }
        return 0;
    }

    // Numbers sort before words, and fewer identifiers before more.
    static int CompareIdentifiers(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var left = Dotted.Take(ref a);
            var right = Dotted.Take(ref b);
            var (isNumber, thatIsNumber) = (Digits.Are(left), Digits.Are(right));
            var order = isNumber != thatIsNumber ? thatIsNumber.CompareTo(isNumber)
                : isNumber ? Digits.Compare(left, right) : Math.Sign(left.SequenceCompareTo(right));
            if (order != 0)
                return order;
        }
        return b.IsEmpty.CompareTo(a.IsEmpty);
    }
}
