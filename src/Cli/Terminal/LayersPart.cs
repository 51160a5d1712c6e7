using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>The layers drawn to scale: what a container sees, then what it cannot see any more.</summary>
internal static class LayersPart
{
    const int BarCells = 20;

    public static void Write(ImageReport image, Screen screen)
    {
        screen.Heading("Layers", Legend(screen));
        var most = image.Layers.Select(layer => layer.Size).DefaultIfEmpty(0).Max();
        foreach (var (layer, number) in image.Layers.Select((layer, number) => (layer, number)))
        {
            var line = new Line().Right($"#{number}", 5, Tone.Dim).Right(Bytes.Show(layer.Size), 16).Add(" ")
                .Add(Bar.Of(screen, layer.Size - layer.Reclaimable, layer.Reclaimable, most, BarCells)).Add("  ");
            screen.Write(line.Add(screen.Middle(Commands.Show(layer.Command), screen.Width - line.Cells), layer.Size == 0 ? Tone.Dim : Tone.Plain));
        }
    }

    public static Line Legend(Screen screen) => new Line()
        .Add(screen.Glyphs.Full, Tone.Kept).Add(" seen in a container  ", Tone.Dim)
        .Add(screen.Glyphs.Wasted, Tone.Wasted).Add(" reclaimable", Tone.Dim);
}
