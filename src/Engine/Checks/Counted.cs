using System.Globalization;

namespace Plimsoll.Engine.Checks;

/// <summary>Numbers and lists as people read them.</summary>
internal static class Counted
{
    /// <summary>"1 file", "2 files", "1,000 files".</summary>
    public static string Of(int count, string noun, string? plural = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? noun : plural ?? noun + "s")}");

    /// <summary>The first names, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names, int shown = 6) =>
        names.Count <= shown ? string.Join(", ", names)
            : string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", names.Take(shown))} and {names.Count - shown:N0} more");
}
