namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>The words that Maven knows, in their order ("Version Order Specification").</summary>
internal static class MavenWords
{
    /// <summary>The rank of a release, which is that of no word at all.</summary>
    public const int Release = 5;

    /// <summary>The rank of all words that Maven does not know: these are compared by their letters.</summary>
    public const int Unknown = 7;

    /// <summary>What stands for the words that say no more than that it is a release. A blank is in no version.</summary>
    public const string Nothing = " ";

    /// <summary>The word that a short or another one stands for. Before a digit, <c>a</c>, <c>b</c> and <c>m</c> are short.</summary>
    public static ReadOnlySpan<char> Whole(ReadOnlySpan<char> word, bool beforeDigit) => word switch
    {
        "a" when beforeDigit => "alpha",
        "b" when beforeDigit => "beta",
        "m" when beforeDigit => "milestone",
        "cr" => "rc",
        "ga" or "final" or "release" => Nothing,
        _ => word,
    };

    public static int RankOf(ReadOnlySpan<char> word) => word switch
    {
        "alpha" => 0,
        "beta" => 1,
        "milestone" => 2,
        "rc" => 3,
        "snapshot" => 4,
        Nothing => Release,
        "sp" => 6,
        _ => Unknown,
    };
}
