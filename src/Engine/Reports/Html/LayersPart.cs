using Plimsoll.Engine.Images;

namespace Plimsoll.Engine.Reports.Html;

/// <summary>The layers drawn to scale: all of them in one strip, then each with its instruction. What no container sees is hatched.</summary>
internal static class LayersPart
{
    const int Tints = 4;
    const int ShortCommand = 160;

    public static void Write(ImageReport image, string id, HtmlWriter page)
    {
        page.Write($"<section id=\"{id}-layers\">\n<h3>Layers</h3>\n<p class=\"legend\"><span class=\"kept\">seen in a container</span><span class=\"wasted\">reclaimable</span></p>\n");
        Strip(image, page);
        var most = Math.Max(1, image.Layers.Select(layer => layer.Size).DefaultIfEmpty(0).Max());
        page.Write($"<ol class=\"layers\" start=\"0\">\n");
        foreach (var (layer, number) in image.Layers.Select((layer, number) => (layer, number)))
            Layer(layer, number, most, page);
        page.Write($"</ol>\n</section>\n");
    }

    static void Strip(ImageReport image, HtmlWriter page)
    {
        if (image.Image.Size <= 0)
            return;
        page.Write($"<svg class=\"strip\" width=\"100%\" height=\"36\" role=\"img\" aria-label=\"{image.Layers.Count} layers to scale, {Bytes.Show(image.Waste.ReclaimableBytes)} of {Bytes.Show(image.Image.Size)} reclaimable\">");
        var at = 0L;
        foreach (var (layer, number) in image.Layers.Select((layer, number) => (layer, number)))
        {
            page.Write($"<g><title>layer {number}: {Bytes.Show(layer.Size)}</title><rect class=\"tint{number % Tints}\" x=\"{Percent(at, image.Image.Size)}%\" width=\"{Percent(layer.Size, image.Image.Size)}%\" height=\"36\"/>");
            if (layer.Reclaimable > 0)
                page.Write($"<rect fill=\"url(#hatch)\" x=\"{Percent(at + layer.Size - layer.Reclaimable, image.Image.Size)}%\" width=\"{Percent(layer.Reclaimable, image.Image.Size)}%\" height=\"36\"/>");
            page.Write($"</g>");
            at += layer.Size;
        }
        page.Write($"</svg>\n");
    }

    static void Layer(LayerReport layer, int number, long most, HtmlWriter page)
    {
        page.Write($"<li{(layer.Size == 0 ? " class=\"empty\"" : "")}><div class=\"head\"><span class=\"number\">{number}</span>");
        Command(layer.Command, page);
        page.Write($"<span class=\"size\">{Bytes.Show(layer.Size)}</span></div>\n");
        if (layer.Size > 0)
        {
            page.Write($"<svg class=\"bar\" width=\"100%\" height=\"8\" aria-hidden=\"true\" focusable=\"false\"><rect class=\"track\" width=\"100%\" height=\"8\"/><rect class=\"tint{number % Tints}\" width=\"{Percent(layer.Size, most)}%\" height=\"8\"/>");
            if (layer.Reclaimable > 0)
                page.Write($"<rect fill=\"url(#hatch)\" x=\"{Percent(layer.Size - layer.Reclaimable, most)}%\" width=\"{Percent(layer.Reclaimable, most)}%\" height=\"8\"/>");
            page.Write($"</svg>\n");
        }
        page.Write($"<p class=\"soft\">{layer.Files} {(layer.Files == 1 ? "file" : "files")}");
        Part("adds", layer.Added);
        Part("replaces", layer.Overwritten);
        Part("deletes", layer.Removed);
        if (layer.Reclaimable > 0)
            page.Write($" · <span class=\"waste\">{Bytes.Show(layer.Reclaimable)} reclaimable</span>");
        page.Write($" <code class=\"digest\">{layer.Digest.Short}</code></p></li>\n");

        void Part(string verb, long bytes)
        {
            if (bytes > 0)
                page.Write($" · {verb} {Bytes.Show(bytes)}");
        }
    }

    static void Command(string? command, HtmlWriter page)
    {
        if (command is null)
            page.Write($"<span class=\"command soft\">the history does not say</span>");
        else if (Show(command) is var text && text.Length <= ShortCommand)
            page.Write($"<code class=\"command\">{text}</code>");
        else
            page.Write($"<details class=\"command\"><summary><code>{text[..ShortCommand]}…</code></summary><code>{text}</code></details>");
    }

    /// <summary>The instruction as its author wrote it, without the shell and the marks that builders put around it.</summary>
    public static string Show(string command)
    {
        var instruction = Instruction.Parse(command);
        return $"{instruction.Verb} {instruction.Arguments}".Trim();
    }

    static double Percent(long part, long whole) => 100.0 * part / whole;
}
