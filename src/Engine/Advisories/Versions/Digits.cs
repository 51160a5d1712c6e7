namespace Plimsoll.Engine.Advisories.Versions;

/// <summary>Numbers as they stand in versions: ASCII digits, as many as one likes, compared without being turned into a number.</summary>
internal static class Digits
{
    /// <summary>How many digits <paramref name="text"/> begins with.</summary>
    public static int Leading(ReadOnlySpan<char> text) => text.IndexOfAnyExceptInRange('0', '9') is var end and >= 0 ? end : text.Length;

    public static bool Are(ReadOnlySpan<char> text) => text.Length > 0 && Leading(text) == text.Length;

    /// <summary>Compares two runs of digits by what they count. None at all counts as 0.</summary>
    public static int Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        a = a.TrimStart('0');
        b = b.TrimStart('0');
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : Math.Sign(a.SequenceCompareTo(b));
    }
}
