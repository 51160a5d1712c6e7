using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>The layers drawn to scale: what cannot be seen any more stands first, in red.</summary>
internal static class LayersPart
{
    const int Cells = 20;

    public static void Write(ImageReport image, Screen screen)
    {
        screen.Line();
        screen.Line(screen.Bold("Layers"));
        var most = image.Layers.Select(layer => layer.Size).DefaultIfEmpty(0).Max();
        foreach (var (layer, number) in image.Layers.Select((layer, number) => (layer, number)))
            screen.Line($"  {screen.Dim($"{number,3}")}  {Bytes.Show(layer.Size),10}  {screen.Bar(layer.Reclaimable, layer.Size, most, Cells)}  {Plain.Middle(Plain.Command(layer.Command), screen.Width - Cells - 21)}");
    }
}
