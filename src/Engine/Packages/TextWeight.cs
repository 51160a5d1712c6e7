namespace Plimsoll.Engine.Packages;

/// <summary>About how many bytes of memory texts take: the object, the reference to it, and two for each character.</summary>
internal static class TextWeight
{
    public static long Of(string? text) => text is null ? 0 : 32 + 2L * text.Length;

    public static long Of(IReadOnlyList<string> texts) => texts.Sum(Of);
}
