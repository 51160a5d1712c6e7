namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>Characters between brackets: <c>[a-z]</c>, <c>[^0-9]</c>.</summary>
internal sealed class CharacterClass
{
    readonly List<(char From, char To)> _ranges = [];
    bool _isOther;

    /// <summary>Null where it is not closed, or empty, or a range has no end.</summary>
    /// <param name="at">Of the opening bracket; then of the closing one.</param>
    public static CharacterClass? Read(string text, ref int at)
    {
        var read = new CharacterClass();
        var next = at + 1;
        if (next < text.Length && text[next] == '^')
        {
            read._isOther = true;
            next++;
        }
        for (; next < text.Length && (text[next] != ']' || read._ranges.Count == 0); next++)
        {
            if (One(text, ref next) is not { } from)
                return null;
            var to = from;
            if (next + 1 < text.Length && text[next + 1] == '-')
            {
                next += 2;
                if (One(text, ref next) is not { } end)
                    return null;
                to = end;
            }
            read._ranges.Add((from, to));
        }
        at = next;
        return next < text.Length ? read : null;
    }

    public bool Has(char character) => _ranges.Exists(range => character >= range.From && character <= range.To) != _isOther;

    // As path.Match of Go reads one: neither a hyphen nor a bracket stands for itself.
    static char? One(string text, ref int at) => at >= text.Length || text[at] is '-' or ']' ? null
        : text[at] != '\\' ? text[at]
        : ++at < text.Length ? text[at] : null;
}
