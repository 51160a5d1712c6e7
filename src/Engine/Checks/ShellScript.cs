using System.Text;

namespace Plimsoll.Engine.Checks;

/// <summary>Splits a shell's command line into the simple commands that it runs, those inside <c>$(…)</c> too (POSIX shell, 2.9). Expands nothing.</summary>
internal sealed class ShellScript
{
    readonly List<ShellCommand> _commands = [];
    readonly Stack<(List<ShellWord> Words, StringBuilder Word, bool Quoted, char End, int Start)> _outer = new();
    List<ShellWord> _words = [];
    StringBuilder _word = new();
    bool _quoted, _wordOpen, _skipWord;
    int _start, _end;

    /// <summary>The words of each command, quotes removed. A redirection is left out; a keyword such as <c>if</c> is a word like others.</summary>
    public static IReadOnlyList<string[]> Commands(string script) => [.. Placed(script).Select(command => command.Words.Select(word => word.Text).ToArray())];

    /// <summary>The same, with the place of each word. What stands inside of a command comes before it.</summary>
    public static IReadOnlyList<ShellCommand> Placed(string script)
    {
        var reader = new ShellScript();
        for (var at = 0; at < script.Length;)
            at = reader.Read(script, at);
        while (reader._outer.Count > 0)
            reader.Leave(script.Length);
        reader.EndCommand();
        return reader._commands;
    }

    int Read(string text, int at)
    {
        var c = text[at];
        switch (c)
        {
            case '\\' when at + 1 < text.Length:
                return text[at + 1] == '\n' ? at + 2 : Take(text[at + 1], at, at + 2);
            case '\'' when !_quoted:
                var end = text.IndexOf('\'', at + 1) is >= 0 and var close ? close : text.Length;
                _word.Append(text, at + 1, end - at - 1);
                return Open(at, Math.Min(end + 1, text.Length));
            case '"':
                _quoted = !_quoted;
                return Open(at, at + 1);
            case '$' when text.AsSpan(at).StartsWith("$("):
                return Enter(')', at, at + 2);
            case '`':
                return _outer.Count == 0 || _outer.Peek().End != '`' ? Enter('`', at, at + 1) : Leave(at + 1);
            case ')' when _outer.Count > 0 && _outer.Peek().End == ')' && !_quoted:
                return Leave(at + 1);
        }
        return _quoted ? Take(c, at, at + 1) : ReadBare(text, at);
    }

    int ReadBare(string text, int at)
    {
        switch (text[at])
        {
            case ' ' or '\t' or '\r':
                EndWord();
                return at + 1;
            case '#' when !_wordOpen:
                return text.IndexOf('\n', at) is >= 0 and var end ? end : text.Length;
            case '<' or '>':
                // The number before it is a descriptor, what follows is a file.
                if (_word.Length == 1 && char.IsAsciiDigit(_word[0]))
                    (_wordOpen, _) = (false, _word.Clear());
                EndWord();
                _skipWord = true;
                return at + 1 < text.Length && text[at + 1] is '>' or '<' or '&' or '|' ? at + 2 : at + 1;
            case '(':
                return Enter(')', at, at + 1);
            case '&' when at + 1 < text.Length && text[at + 1] == '>':
                return at + 1;
            case ';' or '&' or '|' or '\n' or ')':
                EndCommand(text[at] == '|' && !text.AsSpan(at).StartsWith("||"));
                return at + 1;
            default:
                return Take(text[at], at, at + 1);
        }
    }

    int Take(char c, int at, int next)
    {
        _word.Append(c);
        return Open(at, next);
    }

    // What stands from here to there belongs to a word.
    int Open(int at, int next)
    {
        if (!_wordOpen)
            _start = at;
        (_wordOpen, _end) = (true, next);
        return next;
    }

    int Enter(char end, int at, int next)
    {
        if (end == '`' || _outer.Count < 32)
        {
            _outer.Push((_words, _word, _quoted, end, _wordOpen ? _start : at));
            (_words, _word, _quoted, _wordOpen, _skipWord) = ([], new StringBuilder(), false, false, false);
        }
        return next;
    }

    int Leave(int next)
    {
        EndCommand();
        (_words, _word, _quoted, _, var start) = _outer.Pop();
        // What the inner command prints is not known.
        return Take('$', start, next);
    }

    void EndWord()
    {
        if (_wordOpen && !_skipWord)
            _words.Add(new(_word.ToString(), _start, _end));
        if (_wordOpen)
            _skipWord = false;
        _word.Clear();
        _wordOpen = false;
    }

    void EndCommand(bool isPiped = false)
    {
        EndWord();
        _skipWord = false;
        if (_words.Count > 0)
            _commands.Add(new([.. _words], isPiped, _outer.Count));
        _words.Clear();
    }
}
