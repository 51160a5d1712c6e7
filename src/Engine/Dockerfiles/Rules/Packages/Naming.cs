namespace Plimsoll.Engine.Dockerfiles.Rules.Packages;

/// <summary>Words of a file for a sentence.</summary>
internal static class Naming
{
    const int Shown = 4;

    /// <summary>The first of them, each cut where it is very long, and how many more there are.</summary>
    public static string List(IReadOnlyList<CallWord> words)
    {
        var shown = words.Take(Shown).Select(word => Short(word.Text)).ToList();
        var more = words.Count - shown.Count;
        return more > 0 ? $"{string.Join(", ", shown)} and {more} more"
            : shown.Count > 1 ? $"{string.Join(", ", shown.SkipLast(1))} and {shown[^1]}" : shown[0];
    }

    public static string Short(string text) => text.Length <= 60 ? text : $"{text[..59]}…";

    /// <summary>"is" or "are".</summary>
    public static string Are(IReadOnlyList<CallWord> words) => words.Count > 1 ? "are" : "is";
}
