using System.Text.RegularExpressions;

namespace Plimsoll.Cli.Terminal;

/// <summary>The command of a layer as its author wrote it, without the shell and the marks that builders put around it.</summary>
internal static partial class Commands
{
    public static string Show(string? command)
    {
        if (command is null)
            return "(the history does not say)";
        var text = BuilderMark().Replace(Spaces().Replace(command, " ").Trim(), "");
        if (NoOperation().Match(text) is { Success: true } mark)
            return text[mark.Length..];
        return Shell().Match(text) is { Success: true } shell ? $"RUN {text[shell.Length..]}" : text;
    }

    [GeneratedRegex(@"^/bin/sh -c #\(nop\)\s*")]
    private static partial Regex NoOperation();

    [GeneratedRegex(@"^(?:RUN )?(?:\|\d+ .*?)?/bin/(?:ba)?sh -e?c ")]
    private static partial Regex Shell();

    [GeneratedRegex(" # buildkit$")]
    private static partial Regex BuilderMark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
