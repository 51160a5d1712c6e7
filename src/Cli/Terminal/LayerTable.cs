using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>Every layer with its numbers; the command stands in the same line where there is room, else below.</summary>
internal static class LayerTable
{
    const int Numbers = 81;
    const int CommandCells = 30;

    public static void Write(ImageReport image, Screen screen)
    {
        var wide = screen.Width >= Numbers + CommandCells;
        var head = new Line().Right("#", 3).To(5).Add("digest");
        foreach (var (title, end) in new[] { ("size", 28), ("stored", 39), ("+added", 50), ("~replaced", 61), ("-removed", 72), ("files", 79) })
            head.Right(title, end);
        screen.Write(Dim(wide ? head.To(81).Add("command") : head));
        foreach (var (layer, number) in image.Layers.Select((layer, number) => (layer, number)))
        {
            var line = Row(layer, number);
            var command = Commands.Show(layer.Command);
            screen.Write(wide ? line.To(81).Add(screen.Middle(command, screen.Width - 81), Tone.Dim) : line);
            if (!wide)
                screen.Write(new Line().To(5).Add(screen.Middle(command, screen.Width - 5), Tone.Dim));
        }
    }

    static Line Row(LayerReport layer, int number) => new Line()
        .Right($"{number}", 3, Tone.Bold).To(5).Add(layer.Digest.Short, Tone.Dim)
        .Right(Bytes.Show(layer.Size), 28).Right(Bytes.Show(layer.CompressedSize), 39, Tone.Dim)
        .Right(Some(layer.Added), 50, Tone.Good).Right(Some(layer.Overwritten), 61, Tone.Warn).Right(Some(layer.Removed), 72, Tone.Bad)
        .Right(layer.Files.ToString("N0", CultureInfo.InvariantCulture), 79);

    static string Some(long bytes) => bytes == 0 ? "" : Bytes.Show(bytes);

    static Line Dim(Line line)
    {
        var dim = new Line();
        foreach (var (text, _) in line.Runs)
            dim.Add(text, Tone.Dim);
        return dim;
    }
}
