using System.Text;

namespace Plimsoll.Engine.Checks;

/// <summary>Splits a shell's command line into the simple commands that it runs, those inside <c>$(…)</c> too (POSIX shell, 2.9). Expands nothing.</summary>
internal sealed class ShellScript
{
    readonly List<string[]> _commands = [];
    readonly Stack<(List<string> Words, StringBuilder Word, bool Quoted, char End)> _outer = new();
    List<string> _words = [];
    StringBuilder _word = new();
    bool _quoted, _wordOpen, _skipWord;

    /// <summary>The words of each command, quotes removed. A redirection is left out; a keyword such as <c>if</c> is a word like others.</summary>
    public static IReadOnlyList<string[]> Commands(string script)
    {
        var reader = new ShellScript();
        for (var at = 0; at < script.Length;)
            at = reader.Read(script, at);
        while (reader._outer.Count > 0)
            reader.Leave();
        reader.EndCommand();
        return reader._commands;
    }

    int Read(string text, int at)
    {
        var c = text[at];
        switch (c)
        {
            case '\\' when at + 1 < text.Length:
                return text[at + 1] == '\n' ? at + 2 : Take(text[at + 1], at + 2);
            case '\'' when !_quoted:
                var end = text.IndexOf('\'', at + 1) is >= 0 and var close ? close : text.Length;
                _word.Append(text, at + 1, end - at - 1);
                _wordOpen = true;
                return end + 1;
            case '"':
                (_quoted, _wordOpen) = (!_quoted, true);
                return at + 1;
            case '$' when text.AsSpan(at).StartsWith("$("):
                return Enter(')', at + 2);
            case '`':
                if (_outer.Count == 0 || _outer.Peek().End != '`')
                    return Enter('`', at + 1);
                Leave();
                return at + 1;
            case ')' when _outer.Count > 0 && _outer.Peek().End == ')' && !_quoted:
                Leave();
                return at + 1;
        }
        return _quoted ? Take(c, at + 1) : ReadBare(text, at);
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
                return Enter(')', at + 1);
            case '&' when at + 1 < text.Length && text[at + 1] == '>':
                return at + 1;
            case ';' or '&' or '|' or '\n' or ')':
                EndCommand();
                return at + 1;
            default:
                return Take(text[at], at + 1);
        }
    }

    int Take(char c, int next)
    {
        _word.Append(c);
        _wordOpen = true;
        return next;
    }

    int Enter(char end, int next)
    {
        if (end == '`' || _outer.Count < 32)
        {
            _outer.Push((_words, _word, _quoted, end));
            (_words, _word, _quoted, _wordOpen, _skipWord) = ([], new StringBuilder(), false, false, false);
        }
        return next;
    }

    void Leave()
    {
        EndCommand();
        (_words, _word, _quoted, _) = _outer.Pop();
        // What the inner command prints is not known.
        Take('$', 0);
    }

    void EndWord()
    {
        if (_wordOpen && !_skipWord)
            _words.Add(_word.ToString());
        if (_wordOpen)
            _skipWord = false;
        _word.Clear();
        _wordOpen = false;
    }

    void EndCommand()
    {
        EndWord();
        _skipWord = false;
        if (_words.Count > 0)
            _commands.Add([.. _words]);
        _words.Clear();
    }
}
