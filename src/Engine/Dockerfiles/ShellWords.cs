using System.Text;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>
/// Parts text into words as a shell would, as far as Dockerfiles know it: quotes hold space together, and an escape takes the meaning from a
/// character.
/// </summary>
internal static class ShellWords
{
    /// <summary>
    /// The words as they are written, with quotes, escapes and variables. A document's mark and its name are one word, also with space between them.
    /// None where a quote or a brace is not closed.
    /// </summary>
    public static IReadOnlyList<PlacedText> Raw(PlacedText text)
    {
        var (words, start) = (new List<PlacedText>(), -1);
        for (var at = 0; at < text.Length;)
        {
            if (char.IsWhiteSpace(text.Text[at]))
            {
                Close(at++);
                continue;
            }
            if (start < 0)
                start = at;
            if (Unit(text.Text, at) is not { } length)
                return [];
            at += length;
        }
        Close(text.Length);
        return words;

        void Close(int end)
        {
            if (start >= 0)
                words.Add(text.Slice(start, end - start));
            start = -1;
        }
    }

    /// <summary>
    /// The words of <c>ENV</c>, <c>LABEL</c> and <c>ARG</c> as they are written: quotes that are not closed reach to the end, and variables are no
    /// more than text.
    /// </summary>
    public static IReadOnlyList<PlacedText> Plain(PlacedText text, char escape)
    {
        var (words, start, quote) = (new List<PlacedText>(), -1, '\0');
        for (var at = 0; at < text.Length; at++)
        {
            var character = text.Text[at];
            if (quote == '\0' && char.IsWhiteSpace(character))
            {
                if (start >= 0)
                    words.Add(text.Slice(start, at - start));
                start = -1;
                continue;
            }
            if (start < 0)
                start = at;
            if (character == quote)
                quote = '\0';
            else if (quote == '\0' && character is '\'' or '"')
                quote = character;
            else if (character == escape && quote != '\'')
                at++;
        }
        if (start >= 0)
            words.Add(text.Slice(start));
        return words;
    }

    /// <summary>A word without the quotes around its parts, and without escapes.</summary>
    public static string WithoutQuotes(string word)
    {
        var (bare, quote) = (new StringBuilder(), '\0');
        for (var at = 0; at < word.Length; at++)
            if (word[at] == quote)
                quote = '\0';
            else if (quote == '\0' && word[at] is '\'' or '"')
                quote = word[at];
            else if (word[at] == '\\' && quote != '\'' && at + 1 < word.Length && (quote == '\0' || word[at + 1] is '"' or '$' or '\\'))
                bare.Append(word[++at]);
            else
                bare.Append(word[at]);
        return bare.ToString();
    }

    // The length of what belongs together here; null where it is not closed.
    static int? Unit(string text, int at)
    {
        switch (text[at])
        {
            case '\'':
                return text.IndexOf('\'', at + 1) is > 0 and var end ? end + 1 - at : null;
            case '"':
                for (var next = at + 1; next < text.Length; next++)
                    if (text[next] == '"')
                        return next + 1 - at;
                    else if (text[next] == '\\')
                        next++;
                return null;
            case '$' when at + 1 < text.Length && text[at + 1] == '{':
                return Braces(text, at);
            case '\\' when at + 1 < text.Length:
                return 2;
            case '<' when at + 1 < text.Length && text[at + 1] == '<':
                var behind = at + 2;
                while (behind < text.Length && text[behind] is ' ' or '\t' or '\r')
                    behind++;
                return behind - at;
            default:
                return 1;
        }
    }

    static int? Braces(string text, int at)
    {
        var depth = 0;
        for (var next = at + 1; next < text.Length; next++)
            if (text[next] == '\\')
                next++;
            else if (text[next] == '{' && text[next - 1] == '$')
                depth++;
            else if (text[next] == '}' && --depth == 0)
                return next + 1 - at;
        return null;
    }
}
