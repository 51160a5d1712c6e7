namespace Plimsoll.Cli.Terminal;

/// <summary>A page of documentation in Markdown, as far as our own pages use it.</summary>
internal static class Page
{
    public static void Write(string markdown, Screen screen)
    {
        var code = false;
        foreach (var line in markdown.TrimEnd().Split('\n'))
            if (line.StartsWith("```", StringComparison.Ordinal))
                code = !code;
            else if (code)
                screen.Line(screen.Link($"    {line}"));
            else if (line.StartsWith('#'))
                screen.Line(screen.Bold(line.TrimStart('#', ' ')));
            else
                foreach (var wrapped in Wrap(line.Replace("`", "", StringComparison.Ordinal).Replace("**", "", StringComparison.Ordinal), screen.Width))
                    screen.Line(wrapped);
    }

    public static IEnumerable<string> Wrap(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        yield return line;
    }
}
