using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>The bytes that nobody can read, by what hid them: the instruction is what one can change.</summary>
internal static class WastePart
{
    const int Causes = 6;
    const int Files = 3;
    const int Little = 20;
    const int BarCells = 10;
    const int Indent = 2 + 10 + 1 + BarCells + 2;

    public static void Write(ImageReport image, Screen screen)
    {
        var waste = image.Waste;
        screen.Heading("Waste", Summary(image, screen));
        var causes = waste.Files.GroupBy(file => (file.Layer, file.HiddenBy, file.How))
            .Select(group => new Cause(group.Key.Layer, group.Key.HiddenBy, group.Key.How, [.. group], group.Sum(file => file.Bytes)))
            .OrderByDescending(cause => cause.Bytes).ToList();
        foreach (var cause in causes.Take(Causes))
            Write(cause, image, screen);
        var (bytes, files) = (causes.Skip(Causes).Sum(cause => cause.Bytes), causes.Skip(Causes).Sum(cause => cause.Files.Count));
        if (bytes + (waste.Omitted?.Bytes ?? 0) is var rest and > 0)
            screen.Write(Start(rest, 0, screen).Add($"in {TerminalReport.Count(files + (waste.Omitted?.Count ?? 0), "more file")}", Tone.Dim));
        if (waste.Duplicates is [var most, ..])
            screen.Write(Start(waste.DuplicateBytes, 0, screen).Add(screen.Middle(
                $"more in visible files of equal content, the most in {string.Join(" = ", most.Paths.Take(2))}", screen.Width - Indent), Tone.Dim));
    }

    // What is little of the whole gets one line, and its instruction stands with the layers.
    static void Write(Cause cause, ImageReport image, Screen screen)
    {
        var line = Start(cause.Bytes, image.Waste.ReclaimableBytes, screen);
        var how = $"#{cause.Layer} {How(cause.How)} #{cause.HiddenBy}";
        var more = cause.Files.Count > Files ? $", {cause.Files.Count - Files} more" : "";
        var names = string.Join(", ", cause.Files.Take(Files).Select(file => file.Path)) + more;
        if (cause.Bytes * Little < image.Waste.ReclaimableBytes)
        {
            screen.Write(line.Add(how, Tone.Warn).Add(" ").Add(screen.Middle(names, screen.Width - line.Cells - 1)));
            return;
        }
        screen.Write(line.Add(screen.Middle(names, screen.Width - Indent)));
        var by = new Line().To(Indent).Add(how, Tone.Warn).Add(" ");
        screen.Write(by.Add(screen.Middle(Commands.Show(image.Layers[cause.HiddenBy].Command), screen.Width - by.Cells), Tone.Dim));
    }

    static Line Start(long bytes, long whole, Screen screen) =>
        new Line().Right(Bytes.Show(bytes), 12).Add(" ").Add(Bar.Of(screen, 0, whole == 0 ? 0 : bytes, whole, BarCells)).To(Indent);

    static Line Summary(ImageReport image, Screen screen)
    {
        if (image.Waste.ReclaimableBytes == 0)
            return new Line().Add("none", Tone.Good);
        // Cut, not rounded: less than all must not look like all.
        var share = (Math.Floor(image.Waste.Efficiency * 1000) / 10).ToString("0.0", CultureInfo.InvariantCulture);
        return new Line().Add($"{Bytes.Show(image.Waste.ReclaimableBytes)} of {Bytes.Show(image.Image.Size)} reclaimable", Tone.Bad)
            .Add($" {screen.Glyphs.Dot} ", Tone.Dim).Add($"{share}% efficient")
            .Add(string.Create(CultureInfo.InvariantCulture, $" {screen.Glyphs.Dot} dive {image.Waste.Dive.Efficiency:0.000}"), Tone.Dim);
    }

    static string How(HiddenHow how) => how switch
    {
        HiddenHow.Deleted => "deleted by",
        HiddenHow.MetadataCopy => "copied for its owner or mode by",
        _ => "overwritten by",
    };

    sealed record Cause(int Layer, int HiddenBy, HiddenHow How, IReadOnlyList<HiddenFile> Files, long Bytes);
}
