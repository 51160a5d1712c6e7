namespace Plimsoll.Engine.Dockerfiles.Contexts;

/// <summary>
/// A line of a <c>.dockerignore</c>, to be held against paths of the context (Docker's reference, ".dockerignore file"; the behaviour of
/// moby/patternmatcher).
/// </summary>
public sealed class IgnorePattern
{
    readonly List<Part> _parts;
    readonly Form _form;
    readonly string _literal;

    IgnorePattern(string text, int line, bool isException, Form form, string literal, List<Part> parts) =>
        (Text, Line, IsException, _form, _literal, _parts) = (text, line, isException, form, literal, parts);

    /// <summary>Without <c>!</c>, in its shortest form: <c>docs/**/*.md</c>.</summary>
    public string Text { get; }

    /// <summary>Of the file; 1 for the first.</summary>
    public int Line { get; }

    /// <summary>Whether what matches is taken after all (<c>!</c>).</summary>
    public bool IsException { get; }

    // Without wildcards, or with ** alone at one end, it is compared as text. That is not the same: **name is any name that ends so, and **name*
    // begins at a folder.
    enum Form { Whole, Beginning, Ending, Parts }

    enum Kind { Character, One, Some, Folders, Rest, Class }

    readonly record struct Part(Kind Kind, char Character = '\0', CharacterClass? Class = null);

    /// <summary>Null where the line is no pattern: a bracket that is not closed, or a backslash at the end.</summary>
    internal static IgnorePattern? Read(string text, int line, bool isException)
    {
        var (parts, form) = (new List<Part>(), Form.Whole);
        for (var at = 0; at < text.Length; at++)
        {
            var isFirst = at == 0;
            switch (text[at])
            {
                case '*' when at + 1 < text.Length && text[at + 1] == '*':
                    at++;
                    if (at + 1 < text.Length && text[at + 1] == '/')
                        at++;
                    var isLast = at + 1 == text.Length;
                    parts.Add(new(isLast ? Kind.Rest : Kind.Folders));
                    form = isFirst ? Form.Ending : isLast && form == Form.Whole ? Form.Beginning : Form.Parts;
                    break;
                case '*':
                    form = Form.Parts;
                    parts.Add(new(Kind.Some));
                    break;
                case '?':
                    form = Form.Parts;
                    parts.Add(new(Kind.One));
                    break;
                case '[':
                    if (CharacterClass.Read(text, ref at) is not { } one)
                        return null;
                    form = Form.Parts;
                    parts.Add(new(Kind.Class, Class: one));
                    break;
                case '\\':
                    if (++at == text.Length)
                        return null;
                    form = Form.Parts;
                    parts.Add(new(Kind.Character, text[at]));
                    break;
                default:
                    parts.Add(new(Kind.Character, text[at]));
                    break;
            }
        }
        return new(text, line, isException, form, form switch { Form.Beginning => text[..^2], Form.Ending => text[2..], _ => text }, parts);
    }

    /// <param name="path">From the context's root, with slashes and none before the first name.</param>
    public bool Matches(string path) => _form switch
    {
        Form.Whole => path == _literal,
        Form.Beginning => path.StartsWith(_literal, StringComparison.Ordinal),
        Form.Ending => path.EndsWith(_literal, StringComparison.Ordinal)
            || _literal.Length > 0 && _literal[0] == '/' && path.AsSpan().SequenceEqual(_literal.AsSpan(1)),
        _ => MatchesParts(path),
    };

    // All places in the pattern at which one may be after so many characters, at once.
    bool MatchesParts(string path)
    {
        var (now, next) = (new bool[_parts.Count + 1], new bool[_parts.Count + 1]);
        Reach(now, 0);
        foreach (var character in path)
        {
            Array.Clear(next);
            for (var i = 0; i < _parts.Count; i++)
                if (now[i])
                    Step(next, i, character);
            (now, next) = (next, now);
        }
        return now[^1];
    }

    void Step(bool[] next, int i, char character)
    {
        switch (_parts[i].Kind)
        {
            case Kind.Rest:
                Reach(next, i);
                break;
            case Kind.Folders:
                // Whatever folders: it goes on where a name begins, and not in the middle of one.
                next[i] = true;
                if (character == '/')
                    Reach(next, i + 1);
                break;
            case Kind.Some when character != '/':
                Reach(next, i);
                break;
            case Kind.One when character != '/':
            case Kind.Character when character == _parts[i].Character:
            case Kind.Class when _parts[i].Class!.Has(character):
                Reach(next, i + 1);
                break;
        }
    }

    // What may be nothing is passed.
    void Reach(bool[] places, int i)
    {
        for (places[i] = true; i < _parts.Count && _parts[i].Kind is Kind.Some or Kind.Rest or Kind.Folders; places[i] = true)
            i++;
    }
}
