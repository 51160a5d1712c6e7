using Plimsoll.Engine.Advisories.Library;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>What an import made of each source, and below why records of it were rejected.</summary>
internal sealed class ChangeTable(IReadOnlyList<SourceChange> changes, IReadOnlyList<AdvisorySource> unchanged, Screen screen)
{
    const int Number = 9, Reasons = 3;

    /// <summary>With less room there is no column for the newest record.</summary>
    const int Wide = 80;

    static readonly string[] Titles = ["records", "new", "changed", "gone", "rejected"];

    readonly int _name = SourceTable.NameCells([.. changes.Select(change => change.Source), .. unchanged], screen.Width - 5 * Number - NewestCells(screen));

    public void Write()
    {
        var head = new Line().Add("source", Tone.Dim);
        foreach (var (number, title) in Titles.Index())
            head.Right(title, _name + (number + 1) * Number, Tone.Dim);
        screen.Write(Ended(head, "newest record", Tone.Dim));
        foreach (var source in unchanged)
            screen.Write(Ended(Named(source).Right("unchanged", _name + 3 * Number, Tone.Dim), NewestOf(source)));
        foreach (var change in changes)
            screen.Write(Of(change));
        foreach (var change in changes)
            Rejections(change);
    }

    Line Of(SourceChange change)
    {
        var line = Named(change.Source);
        foreach (var ((count, style), number) in new[] { (change.Added, Tone.Good), (change.Changed, Tone.Accent), (change.Vanished, Tone.Warn), (change.Source.Rejected, Tone.Warn) }.Select((cell, number) => (cell, number + 2)))
            line.Right(SourceTable.Count(count), _name + number * Number, count > 0 ? style : Tone.Dim);
        return Ended(line, NewestOf(change.Source));
    }

    Line Ended(Line line, string newest, Style? style = null) => NewestCells(screen) is var cells and > 0 ? line.Right(newest, _name + 5 * Number + cells, style) : line;

    static int NewestCells(Screen screen) => screen.Width < Wide ? 0 : 15;

    Line Named(AdvisorySource source) => new Line().Add(screen.Middle(source.Name, _name), Tone.Bold).Right(SourceTable.Count(source.Records), _name + Number);

    string NewestOf(AdvisorySource source) => source.Newest is { } newest ? SourceTable.Day(newest) : screen.Glyphs.Minus;

    void Rejections(SourceChange change)
    {
        foreach (var rejection in change.Rejections.Take(Reasons))
            screen.Write(new Line().Add("  ").Add(change.Source.Name).Add($": {SourceTable.Count(rejection.Records)} rejected, because ", Tone.Dim).Add(rejection.Reason, Tone.Warn));
        if (change.Rejections.Skip(Reasons).Sum(rejection => rejection.Records) is var others and > 0)
            screen.Write(new Line().Add("  ").Add(change.Source.Name).Add($": {SourceTable.Count(others)} more, for other reasons", Tone.Dim));
    }
}
