namespace Plimsoll.Engine.Advisories.Feeds;

/// <summary>The ecosystems of an export: its file <c>ecosystems.txt</c>, a name on each line.</summary>
public static class EcosystemList
{
    /// <summary>Where it is in an export.</summary>
    public const string Name = "ecosystems.txt";

    /// <summary>Bytes of the file. The public one has a thousand.</summary>
    internal const int MostBytes = 64 << 10;

    /// <summary>
    /// Those that an export has for itself, in its order. A release such as <c>Debian:12</c> is left out where the whole, <c>Debian</c>, is there: it
    /// holds the same records. What cannot be the name of a folder is no ecosystem.
    /// </summary>
    public static IReadOnlyList<string> Parse(string text)
    {
        var names = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(IsName).Distinct(StringComparer.Ordinal).ToList();
        var whole = names.ToHashSet(StringComparer.Ordinal);
        return [.. names.Where(name => name.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || !whole.Contains(name[..colon]))];
    }

    internal static bool IsName(string name) =>
        name.Length <= 100 && name[0] != '.' && !name.AsSpan().ContainsAnyExceptInRange(' ', '~') && !name.AsSpan().ContainsAny(['/', '\\', '?', '#']);
}
