using Plimsoll.Engine.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>
/// One line of a report under construction. Every text goes through <see cref="Printable"/> here, so that none can be forgotten.
/// </summary>
internal sealed class Line
{
    readonly List<(string Text, Style Style)> _runs = [];

    /// <summary>Terminal cells so far: a CJK character takes two.</summary>
    public int Cells { get; private set; }

    public IReadOnlyList<(string Text, Style Style)> Runs => _runs;

    public Line Add(string text, Style? style = null)
    {
        if (text.Length == 0)
            return this;
        var safe = Printable.Of(text);
        _runs.Add((safe, style ?? Tone.Plain));
        Cells += safe.GetCellWidth();
        return this;
    }

    public Line Add(Severity severity) => Add(severity.ToString().ToLowerInvariant(), Tone.Of(severity));

    public Line Add(Line other)
    {
        _runs.AddRange(other._runs);
        Cells += other.Cells;
        return this;
    }

    /// <summary>Fills up with spaces to a column; a line that is past it goes on where it is.</summary>
    public Line To(int column) => Add(new string(' ', Math.Max(column - Cells, 0)));

    /// <summary>Puts <paramref name="text"/> so that it ends at a column.</summary>
    public Line Right(string text, int column, Style? style = null) => To(column - Printable.Of(text).GetCellWidth()).Add(text, style);
}
