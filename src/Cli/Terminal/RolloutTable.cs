using Plimsoll.Cli.Rollouts;
using Spectre.Console;

namespace Plimsoll.Cli.Terminal;

/// <summary>The rollouts of a cluster, a line each. What there is no room for stands below: the image, then the target.</summary>
internal sealed class RolloutTable(IReadOnlyList<ImageRollout> rollouts, bool withNamespace, DateTimeOffset now, Screen screen)
{
    const int Gap = 2, LeastImage = 32;

    public void Write()
    {
        List<Column> all =
        [
            new("namespace", rollout => rollout.Namespace, _ => Tone.Plain, 32), new("name", rollout => rollout.Name, _ => Tone.Bold, 32), new("target", rollout => rollout.Target, _ => Tone.Plain, 36),
            new("image", Image, _ => Tone.Plain, 64, IsPath: true), new("digest", Digest, _ => Tone.Dim, 12), new("verdict", rollout => rollout.Status?.Gate?.Verdict ?? screen.Glyphs.Minus, Verdict, 12),
            new("status", Status, PhaseTone.Of, 48), new("age", rollout => Age.Of(rollout.Metadata?.CreationTimestamp, now), _ => Tone.Dim, 5),
        ];
        foreach (var column in all)
            column.Width = Math.Min(column.Most, rollouts.Select(column.Text).Append(column.Title).Max(Cells));
        var (target, image, digest) = (all[2], all[3], all[4]);
        if (!withNamespace)
            all.RemoveAt(0);
        image.Width -= Math.Min(TooMuch(all), Math.Max(0, image.Width - LeastImage));
        List<Column> below = [];
        if (TooMuch(all) > 0)
            Move(image, digest);
        if (TooMuch(all) > 0)
            Move(target);
        foreach (var column in Enumerable.Reverse(all))
            column.Width -= Math.Min(TooMuch(all), Math.Max(0, column.Width - 12));
        Write(all, below);

        void Move(params Column[] columns)
        {
            all.RemoveAll(columns.Contains);
            below.InsertRange(0, columns);
        }
    }

    void Write(List<Column> columns, List<Column> below)
    {
        var head = new Line();
        foreach (var column in columns)
            head.Add(head.Cells > 0 ? new string(' ', Gap) : "").Add(column == columns[^1] ? column.Title.PadLeft(column.Width) : column.Title.PadRight(column.Width), Tone.Dim);
        screen.Write(head);
        foreach (var rollout in rollouts)
        {
            var (line, end) = (new Line(), 0);
            foreach (var column in columns)
            {
                var text = Cut(column, rollout, column.Width);
                line = column == columns[^1] ? line.Right(text, end + column.Width, column.Style(rollout)) : line.Add(text, column.Style(rollout)).To(end += column.Width + Gap);
            }
            screen.Write(line);
            if (below.Count > 0)
                screen.Write(Below(rollout, below));
        }
    }

    // The image takes what the others leave.
    Line Below(ImageRollout rollout, List<Column> below)
    {
        var room = screen.Width - below.Where(column => !column.IsPath).Sum(column => Cells(column.Text(rollout))) - Gap * below.Count;
        var line = new Line();
        foreach (var column in below.Where(column => column.Text(rollout) != screen.Glyphs.Minus))
            line.Add(new string(' ', Gap)).Add(Cut(column, rollout, column.IsPath ? room : screen.Width), Tone.Dim);
        return line;
    }

    // Of an image the end tells the most, as of a path.
    string Cut(Column column, ImageRollout rollout, int cells) => column.IsPath ? screen.Path(column.Text(rollout), cells) : screen.Middle(column.Text(rollout), cells);

    int TooMuch(List<Column> columns) => Math.Max(0, columns.Sum(column => column.Width) + Gap * (columns.Count - 1) - screen.Width);

    // The reason where it says more than the phase.
    static string Status(ImageRollout rollout) => rollout.IsBehind ? $"{rollout.Phase}: SpecChanged"
        : rollout.Reason is null || rollout.Reason == rollout.Phase || rollout is { Phase: "Done", Reason: "RolledOut" } or { Phase: "Verifying", Reason: "Rolling" } ? rollout.Phase
        : $"{rollout.Phase}: {rollout.Reason}";

    static Style Verdict(ImageRollout rollout) => Tone.OfVerdict(rollout.Status?.Gate?.Verdict);

    static string Image(ImageRollout rollout) => ImageText.Short(rollout.Spec?.Image ?? "");

    string Digest(ImageRollout rollout) => rollout.Status?.Image?.Digest is { } digest ? ImageText.Digits(digest) : screen.Glyphs.Minus;

    static int Cells(string text) => Printable.Of(text).GetCellWidth();

    sealed record Column(string Title, Func<ImageRollout, string> Text, Func<ImageRollout, Style> Style, int Most, bool IsPath = false)
    {
        public int Width { get; set; }
    }
}
