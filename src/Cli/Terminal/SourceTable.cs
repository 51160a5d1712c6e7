using System.Globalization;
using Plimsoll.Cli.Rollouts;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Reports;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>The sources of a library, a line each, and the whole of it below.</summary>
internal static class SourceTable
{
    /// <summary>Cells of the columns behind the name.</summary>
    const int Number = 10, Newest = 15, Brought = 12, Old = 7;

    /// <summary>With less room there is no column for what the age tells as well.</summary>
    const int Wide = 72;

    /// <summary>Older advisories do not know what is exploited this week.</summary>
    static readonly TimeSpan Stale = TimeSpan.FromDays(7);

    public static void Write(AdvisoryLibrary library, string path, DateTimeOffset now, Screen screen)
    {
        var brought = screen.Width < Wide ? 0 : Brought;
        var name = NameCells(library.Sources, screen.Width - 2 * Number - Newest - brought - Old);
        screen.Write(Row(name, brought, ("source", Tone.Dim), ("records", Tone.Dim), ("rejected", Tone.Dim), ("newest record", Tone.Dim), ("brought", Tone.Dim), ("age", Tone.Dim)));
        foreach (var source in library.Sources)
            screen.Write(Row(
                name, brought, (screen.Middle(source.Name, name), Tone.Bold), (Count(source.Records), Tone.Plain), (Count(source.Rejected), source.Rejected > 0 ? Tone.Warn : Tone.Dim),
                (source.Newest is { } newest ? Day(newest) : screen.Glyphs.Minus, Tone.Plain), (Day(source.Provenance.Brought), Tone.Dim),
                (Age.Of(source.Provenance.AsOf, now), OfAge(now - source.Provenance.AsOf))));
        Summary(library, path, now, screen);
    }

    /// <summary>What the library is in one sentence, and where it is.</summary>
    public static void Summary(AdvisoryLibrary library, string path, DateTimeOffset now, Screen screen)
    {
        var advisories = library.Sources.Where(source => source.Kind == SourceKind.Advisories).ToList();
        screen.Write();
        var line = new Line().Add(Count(advisories.Sum(source => source.Records)), Tone.Bold).Add($" advisories of {advisories.Count} {(advisories.Count == 1 ? "ecosystem" : "ecosystems")} in {Bytes.Show(library.Size)}");
        if (library.AsOf is { } asOf)
            line.Add(", as of ").Add(Age.Moment(asOf), OfAge(now - asOf)).Add($" ({Age.Of(asOf, now)} ago)", Tone.Dim);
        screen.Write(line);
        screen.Write(screen.Path(path, screen.Width), Tone.Dim);
    }

    /// <summary>Cells that the names take, as far as there are so many.</summary>
    public static int NameCells(IEnumerable<AdvisorySource> sources, int room) => Math.Min(room, sources.Max(source => Printable.Of(source.Name).GetCellWidth()) is var most and > 6 ? most : 6);

    public static string Count(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Day(DateTimeOffset moment) => moment.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static Line Row(int name, int brought, params ReadOnlySpan<(string Text, Style Style)> cells)
    {
        var (line, column) = (new Line().Add(cells[0].Text, cells[0].Style), name);
        foreach (var (cell, width) in new[] { (cells[1], Number), (cells[2], Number), (cells[3], Newest), (cells[4], brought), (cells[5], Old) }.Where(column => column.Item2 > 0))
            line.Right(cell.Text, column += width, cell.Style);
        return line;
    }

    static Style OfAge(TimeSpan age) => age > Stale ? Tone.Warn : Tone.Good;
}
