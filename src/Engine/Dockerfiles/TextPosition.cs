namespace Plimsoll.Engine.Dockerfiles;

/// <summary>Where a character stands in a file.</summary>
/// <param name="Line">1 for the first.</param>
/// <param name="Column">1 for the first of its line, in UTF-16 code units.</param>
public readonly record struct TextPosition(int Line, int Column) : IComparable<TextPosition>
{
    public int CompareTo(TextPosition other) => (Line, Column).CompareTo((other.Line, other.Column));

    public override string ToString() => $"{Line}:{Column}";

    public static bool operator <(TextPosition left, TextPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(TextPosition left, TextPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(TextPosition left, TextPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TextPosition left, TextPosition right) => left.CompareTo(right) >= 0;
}
