namespace Plimsoll.Engine.Checks;

/// <summary>The parts of a check's page.</summary>
internal static class CheckPage
{
    /// <summary>The Markdown below the heading <c>## TITLE</c>, each paragraph on one line; empty when there is no such page or heading.</summary>
    public static string Section(string id, string title)
    {
        var page = CheckCatalogue.Page(id)?.ReplaceLineEndings("\n") ?? "";
        var start = page.IndexOf($"\n## {title}\n", StringComparison.Ordinal);
        if (start < 0)
            return "";
        var text = page[(start + title.Length + 5)..];
        var end = text.IndexOf("\n## ", StringComparison.Ordinal);
        var paragraphs = (end < 0 ? text : text[..end]).Trim().Split("\n\n");
        return string.Join("\n\n", paragraphs.Select(Unwrapped));
    }

    // A list or a block of code keeps its lines.
    static string Unwrapped(string paragraph) =>
        paragraph.Split('\n').All(line => line.Length > 0 && char.IsLetterOrDigit(line[0]) || line.StartsWith('`') && !line.StartsWith("```", StringComparison.Ordinal))
            ? paragraph.Replace('\n', ' ') : paragraph;
}
