using System.Text;
using Plimsoll.Engine.Dockerfiles.Rules;

namespace Plimsoll.Engine.Dockerfiles.Fixes;

/// <summary>Puts changes into lines, and keeps of each where it came from.</summary>
internal sealed class LineEdits
{
    readonly IReadOnlyList<FixedLine> _lines;
    readonly string _newline;
    readonly List<FixedLine> _made = [];
    readonly StringBuilder _open = new();
    int? _origin;
    int _line, _column;

    LineEdits(IReadOnlyList<FixedLine> lines) =>
        (_lines, _newline) = (lines, lines.Count > 0 && lines[0].Text.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n");

    /// <param name="edits">In the order of the file, none touching another.</param>
    public static IReadOnlyList<FixedLine> Apply(IReadOnlyList<FixedLine> lines, IReadOnlyList<TextEdit> edits)
    {
        var work = new LineEdits(lines);
        foreach (var edit in edits)
        {
            work.CopyTo(edit.Start);
            work.Add(edit.Text.ReplaceLineEndings(work._newline), work.Here);
            (work._line, work._column) = (edit.End.Line - 1, edit.End.Column - 1);
        }
        work.CopyTo(new(lines.Count + 1, 1));
        work.Close();
        return work._made;
    }

    int? Here => _line < _lines.Count ? _lines[_line].Origin : null;

    void CopyTo(TextPosition place)
    {
        for (; _line < place.Line - 1 && _line < _lines.Count; (_line, _column) = (_line + 1, 0))
            Add(_lines[_line].Text[_column..], Here);
        if (_line >= _lines.Count || place.Column - 1 <= _column)
            return;
        Add(_lines[_line].Text[_column..(place.Column - 1)], Here);
        _column = place.Column - 1;
    }

    // A line is of where its first character came from; what else a change adds is of nowhere.
    void Add(string text, int? origin)
    {
        for (var at = 0; at < text.Length;)
        {
            var end = text.IndexOf('\n', at) is >= 0 and var newline ? newline + 1 : text.Length;
            if (_open.Length == 0)
                _origin = at == 0 ? origin : null;
            _open.Append(text, at, end - at);
            if (_open[^1] == '\n')
                Close();
            at = end;
        }
    }

    void Close()
    {
        if (_open.Length > 0)
            _made.Add(new(_open.ToString(), _made.Count > 0 && _origin <= _made[^1].Origin ? null : _origin));
        _open.Clear();
    }
}
