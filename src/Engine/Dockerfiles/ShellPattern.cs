using System.Text;
using System.Text.RegularExpressions;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>
/// A pattern of a substitution: <c>*</c> is any text and <c>?</c> any character (POSIX.1-2024 XCU 2.14, without bracket expressions, which BuildKit
/// does not know).
/// </summary>
internal sealed class ShellPattern
{
    /// <summary>Characters and wildcards.</summary>
    const int MostParts = 256;

    const int AnyText = -1, AnyCharacter = -2;

    readonly List<int> _parts = [];

    ShellPattern()
    {
    }

    /// <summary>How many steps it takes at most to hold a text against it.</summary>
    public long Cost(int length) => (long)(length + 1) * (_parts.Count + 1);

    /// <summary>Null where a backslash stands before anything but <c>* ? \ / }</c>, or it is longer than any that somebody writes.</summary>
    public static ShellPattern? Read(string pattern)
    {
        var read = new ShellPattern();
        for (var at = 0; at < pattern.Length; at++)
        {
            var isEscaped = pattern[at] == '\\';
            if (isEscaped && (++at == pattern.Length || pattern[at] is not ('*' or '?' or '\\' or '/' or '}')))
                return null;
            read._parts.Add(isEscaped ? pattern[at] : pattern[at] switch { '*' => AnyText, '?' => AnyCharacter, var character => character });
        }
        return read._parts.Count <= MostParts ? read : null;
    }

    /// <summary>How much of the beginning matches, at most or at least; null where none does.</summary>
    public int? Prefix(string text, bool longest) => Length(_parts, i => text[i], text.Length, longest);

    /// <summary>The same of the end.</summary>
    public int? Suffix(string text, bool longest) =>
        Length(Enumerable.Reverse(_parts).ToList(), i => text[text.Length - 1 - i], text.Length, longest);

    /// <summary>Puts another text where it matches, for as much as it can: in the first place, or in all.</summary>
    public string Replace(string text, string by, bool all)
    {
        var form = new StringBuilder();
        foreach (var part in _parts)
            form.Append(part switch { AnyText => ".*", AnyCharacter => ".", _ => Regex.Escape(((char)part).ToString()) });
        // Nothing directly behind what was replaced is not another place.
        var end = -1;
        return new Regex(form.ToString(), RegexOptions.Singleline | RegexOptions.NonBacktracking).Replace(text, match =>
        {
            var isPlace = match.Length > 0 || match.Index != end;
            end = match.Index + match.Length;
            return isPlace ? by : "";
        }, all ? -1 : 1);
    }

    // All places in the pattern at which one may be after so many characters, at once.
    static int? Length(List<int> parts, Func<int, char> character, int length, bool longest)
    {
        var (now, next) = (new bool[parts.Count + 1], new bool[parts.Count + 1]);
        Reach(now, 0);
        int? found = null;
        for (var at = 0; ; at++)
        {
            if (now[^1])
                found = at;
            if (at == length || found is not null && !longest || !now.Contains(true))
                return found;
            Array.Clear(next);
            for (var i = 0; i < parts.Count; i++)
                if (now[i] && parts[i] == AnyText)
                    Reach(next, i);
                else if (now[i] && (parts[i] == AnyCharacter || parts[i] == character(at)))
                    Reach(next, i + 1);
            (now, next) = (next, now);
        }

        // Any text may be none.
        void Reach(bool[] places, int i)
        {
            for (places[i] = true; i < parts.Count && parts[i] == AnyText; places[i] = true)
                i++;
        }
    }
}
