using System.Text;

namespace Plimsoll.Engine.Dockerfiles;

/// <summary>
/// Replaces variables in a word and takes its quotes and escapes away, as BuildKit does: <c>$name</c>, <c>${name}</c> and the modifiers <c>:- - :+ +
/// :? ? # ## % %% / //</c> (Dockerfile reference, "Environment replacement"; POSIX.1-2024 XCU 2.6.2).
/// </summary>
/// <param name="escape">Of the file.</param>
/// <param name="lookup">The value of a variable; null where it is not set.</param>
internal sealed class Substitution(char escape, Func<string, string?> lookup)
{
    readonly HashSet<string> _unset = new(StringComparer.Ordinal);
    PlacedText _text = null!;
    int _at, _depth, _made;
    long _work, _all;

    /// <summary>Variables that were asked for and are not set, since this was made.</summary>
    public IReadOnlySet<string> Unset => _unset;

    /// <exception cref="DockerfileSyntaxException">A quote or brace is not closed, a modifier is none, or a variable that must be set is
    /// not.</exception>
    public string Expand(PlacedText word)
    {
        (_text, _at, _depth, _made) = (word, 0, 0, 0);
        return Until('\0', keepsEscapes: false);
    }

    char Here => _at < _text.Length ? _text.Text[_at] : '\0';

    bool IsAtEnd => _at >= _text.Length;

    string Until(char stop, bool keepsEscapes)
    {
        var made = new StringBuilder();
        while (!IsAtEnd)
        {
            var character = Here;
            if (stop != '\0' && character == stop)
            {
                _at++;
                return made.ToString();
            }
            if (character == '\'')
                Append(made, SingleQuoted());
            else if (character == '"')
                Append(made, DoubleQuoted(keepsEscapes));
            else if (character == '$')
                Append(made, Dollar());
            else
            {
                _at++;
                if (character != escape)
                    made.Append(character);
                else
                {
                    if (keepsEscapes)
                        made.Append(character);
                    if (!IsAtEnd)
                        made.Append(_text.Text[_at++]);
                }
            }
        }
        return stop == '\0' ? made.ToString() : throw Wrong($"{stop} is missing here");
    }

    string SingleQuoted()
    {
        var start = ++_at;
        var end = _text.Text.IndexOf('\'', start);
        if (end < 0)
            throw Wrong("the quote ' is not closed", start - 1);
        _at = end + 1;
        return _text.Text[start..end];
    }

    string DoubleQuoted(bool keepsEscapes)
    {
        var (start, made) = (_at++, new StringBuilder());
        while (!IsAtEnd)
        {
            var character = Here;
            if (character == '"')
            {
                _at++;
                return made.ToString();
            }
            if (character == '$')
            {
                Append(made, Dollar());
                continue;
            }
            _at++;
            if (character == escape && (IsAtEnd || Here == '"' || Here == '$' || Here == escape))
            {
                if (keepsEscapes)
                    made.Append(character);
                if (!IsAtEnd)
                    made.Append(_text.Text[_at++]);
            }
            else
                made.Append(character);
        }
        throw Wrong("the quote \" is not closed", start);
    }

    string Dollar()
    {
        var start = _at++;
        if (Here != '{')
            return Name() is { Length: > 0 } plain ? ValueOf(plain) ?? "" : "$";
        _at++;
        if (IsAtEnd)
            throw Wrong("} is missing", start);
        if (Here is '{' or '}' or ':')
            throw Wrong("no variable is named between the braces", start);
        if (++_depth > DockerfileLimits.Nested)
            throw Wrong($"more than {DockerfileLimits.Nested} substitutions are inside of one another", start);
        var value = Braced(Name(), start);
        _depth--;
        return value;
    }

    string Braced(string name, int start)
    {
        var modifier = IsAtEnd ? throw Wrong("} is missing", start) : _text.Text[_at++];
        if (modifier == '}')
            return ValueOf(name) ?? "";
        if (modifier == '/')
            return Replaced(name);
        var alsoEmpty = modifier == ':';
        if (alsoEmpty)
            modifier = IsAtEnd ? throw Wrong("} is missing", start) : _text.Text[_at++];
        if (modifier is not ('-' or '+' or '?' or '#' or '%') || alsoEmpty && modifier is '#' or '%')
            throw Wrong($"\"{(alsoEmpty ? ":" : "")}{modifier}\" is no modifier of a substitution", _at - 1);
        var word = Until('}', keepsEscapes: modifier is '#' or '%');
        var value = ValueOf(name);
        var isThere = value is not null && !(alsoEmpty && value.Length == 0);
        return modifier switch
        {
            '-' => isThere ? value! : word,
            '+' => isThere ? word : "",
            '?' => isThere ? value! : throw Wrong(
                $"{name}: {(word.Length > 0 ? word : alsoEmpty && value is not null ? "must not be empty" : "must be set")}", start),
            _ => Trimmed(value ?? "", word, modifier, start),
        };
    }

    string Replaced(string name)
    {
        var all = Here == '/';
        if (all)
            _at++;
        var start = _at;
        var (pattern, replacement) = (Until('/', keepsEscapes: true), Until('}', keepsEscapes: true));
        var value = ValueOf(name) ?? "";
        _work += DockerfileLimits.PatternMade;
        return Pattern(pattern, value, start).Replace(value, replacement, all);
    }

    // # and % take away the shortest that matches at the beginning or the end, twice the sign the longest.
    string Trimmed(string value, string word, char side, int start)
    {
        var longest = word.StartsWith(side);
        var pattern = Pattern(longest ? word[1..] : word, value, start);
        return side == '#' ? value[(pattern.Prefix(value, longest) ?? 0)..] : value[..^(pattern.Suffix(value, longest) ?? 0)];
    }

    ShellPattern Pattern(string word, string value, int start)
    {
        var pattern = ShellPattern.Read(word)
            ?? throw Wrong("this is no pattern: a backslash stands before * ? \\ / } alone, and none has more than some hundred characters", start);
        return (_work += pattern.Cost(value.Length)) <= DockerfileLimits.PatternSteps
            ? pattern : throw Wrong("the patterns of this file take too long", start);
    }

    // Digits, one of the shell's own parameters, or a name of letters, digits and _.
    string Name()
    {
        var start = _at;
        if (char.IsAsciiDigit(Here))
            while (char.IsAsciiDigit(Here))
                _at++;
        else if (Here is '@' or '*' or '#' or '?' or '-' or '$' or '!')
            _at++;
        else
            while (char.IsLetterOrDigit(Here) || Here == '_')
                _at++;
        return _text.Text[start.._at];
    }

    string? ValueOf(string name)
    {
        var value = lookup(name);
        if (value is null)
            _unset.Add(name);
        return value;
    }

    void Append(StringBuilder made, string value)
    {
        if ((_made += value.Length) > DockerfileLimits.Expanded)
            throw Wrong($"the variables of this word make more than {DockerfileLimits.Expanded} characters");
        if ((_all += value.Length) > DockerfileLimits.ExpandedInAll)
            throw Wrong($"the variables of this file make more than {DockerfileLimits.ExpandedInAll} characters");
        made.Append(value);
    }

    DockerfileSyntaxException Wrong(string reason) => Wrong(reason, _at);

    DockerfileSyntaxException Wrong(string reason, int at) => new(_text.At(Math.Min(at, _text.Length)), reason);
}
