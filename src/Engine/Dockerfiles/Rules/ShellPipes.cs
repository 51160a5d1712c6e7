namespace Plimsoll.Engine.Dockerfiles.Rules;

/// <summary>Looks for pipes in a script.</summary>
internal static class ShellPipes
{
    /// <summary>Where they stand. A bar in quotes is none, nor one between the patterns of a <c>case</c>.</summary>
    public static IEnumerable<int> In(string script)
    {
        var (quote, inPattern) = ('\0', false);
        for (var at = 0; at < script.Length; at++)
        {
            var character = script[at];
            if (character == '\\' && quote != '\'')
                at++;
            else if (quote != '\0')
                quote = character == quote ? '\0' : quote;
            else if (character is '\'' or '"')
                quote = character;
            else if (character == '#' && IsWordStart(script, at))
                at = script.IndexOf('\n', at) is >= 0 and var end ? end : script.Length;
            else if (inPattern)
                inPattern = character != ')' && !IsWord(script, at, "esac");
            else if (character == ';' && At(script, at + 1) == ';' || IsWord(script, at, "in") && IsOfCase(script, at))
                (inPattern, at) = (true, at + 1);
            else if (character == '|' && At(script, at + 1) == '|')
                at++;
            else if (character == '|' && At(script, at - 1) != '>')
                yield return at;
        }
    }

    // case WORD in: nothing that ends a command stands between.
    static bool IsOfCase(string script, int at)
    {
        var start = script.LastIndexOf("case ", at, Math.Min(at + 1, 200), StringComparison.Ordinal);
        return start >= 0 && IsWordStart(script, start) && !script.AsSpan(start, at - start).ContainsAny(";|&\n");
    }

    static bool IsWord(string script, int at, string word) =>
        script.AsSpan(at).StartsWith(word) && IsWordStart(script, at)
            && At(script, at + word.Length) is ' ' or '\t' or '\n' or '\r' or ';' or '\0' or ')';

    static bool IsWordStart(string script, int at) => At(script, at - 1) is ' ' or '\t' or '\n' or '\r' or ';' or '&' or '|' or '(' or '\0';

    static char At(string script, int at) => at >= 0 && at < script.Length ? script[at] : '\0';
}
