namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>The parts of a version of PyPI, and how they compare: PEP 440, "Summary of permitted suffixes and relative ordering".</summary>
internal sealed class PythonVersion(PythonVersionOrder order, string text) : ParsedVersion(order, text)
{
    public required string Epoch { get; init; }

    /// <summary>Without zeros at its end.</summary>
    public required string Release { get; init; }

    /// <summary>What of the release it is, as a number that grows.</summary>
    public required int Stage { get; init; }

    public required string Pre { get; init; }

    public required string? Post { get; init; }

    public required string? Dev { get; init; }

    public required string? Local { get; init; }

    private protected override int CompareWithin(ParsedVersion other)
    {
        var that = (PythonVersion)other;
        return Digits.Compare(Epoch, that.Epoch) is var byEpoch and not 0 ? byEpoch
            : CompareReleases(Release, that.Release) is var byRelease and not 0 ? byRelease
            : Stage.CompareTo(that.Stage) is var byStage and not 0 ? byStage
            : Digits.Compare(Pre, that.Pre) is var byPre and not 0 ? byPre
            : CompareMissing(Post, that.Post, missing: -1) is var byPost and not 0 ? byPost
            : CompareMissing(Dev, that.Dev, missing: 1) is var byDev and not 0 ? byDev
            : CompareLocals(Local, that.Local);
    }

    static int CompareMissing(string? a, string? b, int missing) =>
        a is null || b is null ? (a is null).CompareTo(b is null) * missing : Digits.Compare(a, b);

    static int CompareReleases(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty || !b.IsEmpty)
        {
            if (Digits.Compare(Dotted.Take(ref a), Dotted.Take(ref b)) is var order and not 0)
                return order;
        }
        return 0;
    }

    // Numbers sort after words, and none before any.
    static int CompareLocals(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var left = Dotted.Take(ref a);
            var right = Dotted.Take(ref b);
            var (isNumber, thatIsNumber) = (Digits.Are(left), Digits.Are(right));
            var order = isNumber != thatIsNumber ? isNumber.CompareTo(thatIsNumber)
                : isNumber ? Digits.Compare(left, right) : Math.Sign(left.SequenceCompareTo(right));
            if (order != 0)
                return order;
        }
        return b.IsEmpty.CompareTo(a.IsEmpty);
    }
}
