namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>A variable that a text uses: <c>$name</c> or <c>${name}</c>.</summary>
/// <param name="HasDefault">Whether something stands in its place where it is not set.</param>
/// <param name="At">Of the dollar sign.</param>
internal readonly record struct VariableUse(string Name, bool HasDefault, int At, int Length)
{
    /// <summary>Those of a text, but for those in single quotes and behind a backslash.</summary>
    public static IEnumerable<VariableUse> In(string text)
    {
        var (inDouble, at) = (false, 0);
        while (at < text.Length)
            switch (text[at])
            {
                case '\\':
                    at += 2;
                    break;
                case '"':
                    inDouble = !inDouble;
                    at++;
                    break;
                case '\'' when !inDouble:
                    at = text.IndexOf('\'', at + 1) is >= 0 and var end ? end + 1 : text.Length;
                    break;
                case '$' when Read(text, at) is { } use:
                    yield return use;
                    at += use.Length;
                    break;
                default:
                    at++;
                    break;
            }
    }

    /// <summary>All that an instruction names in its arguments, flags and documents, however it is quoted.</summary>
    public static IEnumerable<string> NamesIn(DockerfileInstruction instruction) =>
        instruction.Flags.Select(flag => flag.Value ?? "").Append(instruction.Arguments.Text)
            .Concat(instruction.Heredocs.Select(document => document.Content)).SelectMany(NamesIn);

    static IEnumerable<string> NamesIn(string text)
    {
        for (var at = text.IndexOf('$', StringComparison.Ordinal); at >= 0; at = text.IndexOf('$', at + 1))
            if (Read(text, at) is { } use)
                yield return use.Name;
    }

    static VariableUse? Read(string text, int at)
    {
        var braced = at + 1 < text.Length && text[at + 1] == '{';
        var start = at + (braced ? 2 : 1);
        var end = start;
        while (end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            end++;
        if (end == start || char.IsAsciiDigit(text[start]))
            return null;
        var hasDefault = braced && end < text.Length
            && (text[end] is '-' or '+' || text[end] == ':' && end + 1 < text.Length && text[end + 1] is '-' or '+' or '=');
        return new(text[start..end], hasDefault, at, (braced && end < text.Length && text[end] == '}' ? end + 1 : end) - at);
    }
}
