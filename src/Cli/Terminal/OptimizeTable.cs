using System.Globalization;
using Plimsoll.Engine.Optimizing;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>What the optimiser made of an image: the sums, each layer before and after, what was dropped, and whether the proof holds.</summary>
internal static class OptimizeTable
{
    const int Numbers = 74;
    const int DigestCells = 13;
    const int CommandCells = 27;
    const int Listed = 10;

    public static void Write(OptimizedImage image, string output, Screen screen)
    {
        var (before, after) = (image.Layers.Sum(layer => layer.Bytes), image.Layers.Sum(layer => layer.After?.Bytes ?? 0));
        var (stored, storedAfter) = (image.Layers.Sum(layer => layer.StoredBytes), image.Layers.Sum(layer => layer.After?.StoredBytes ?? 0));
        screen.Write(new Line().Add(screen.Middle(image.Reference ?? output, screen.Width - 30), Tone.Bold).Add($"  {image.Platform}"));
        screen.Write(new Line().Add($"{Bytes.Show(before)} -> {Bytes.Show(after)}").Add($" {screen.Glyphs.Dot} stored {Bytes.Show(stored)} -> {Bytes.Show(storedAfter)}"));
        screen.Write(Reclaimed(image));
        foreach (var base_ in Base(image))
            screen.Wrapped(base_, 0, Tone.Dim);
        Layers(image, screen);
        Dropped(image, screen);
        Proof(image, output, screen);
    }

    static Line Reclaimed(OptimizedImage image)
    {
        if (image.Reclaimable == 0)
            return new Line().Add("nothing was hidden above the base", Tone.Good);
        var share = (Math.Floor(1000.0 * image.Reclaimed / image.Reclaimable) / 10).ToString("0.#", CultureInfo.InvariantCulture);
        return new Line().Add($"{Bytes.Show(image.Reclaimed)} of {Bytes.Show(image.Reclaimable)} reclaimed above the base ({share}%)", image.Reclaimed == image.Reclaimable ? Tone.Good : Tone.Warn);
    }

    static IEnumerable<string> Base(OptimizedImage image)
    {
        yield return image.Base.Layers switch
        {
            0 => $"no layer is the base's: {image.Base.Why}",
            1 => $"1 layer is the base's and stays as it is ({image.Base.Why})",
            var several => $"{several} layers are the base's and stay as they are ({image.Base.Why})",
        };
        if (image.HiddenInBase > 0)
            yield return $"{Bytes.Show(image.HiddenInBase)} are hidden in the base: --keep-base none takes them too";
        if (image.LeftInBase > 0)
            yield return $"{Bytes.Show(image.LeftInBase)} to be dropped are the base's and stay";
    }

    static void Layers(OptimizedImage image, Screen screen)
    {
        screen.Write();
        var wide = screen.Width >= Numbers + CommandCells;
        // The digest goes first where there is little room: the number says which layer it is.
        var narrow = screen.Width < Numbers;
        var gone = narrow ? DigestCells : 0;
        var head = new Line().Right("#", 3, Tone.Dim).To(5).Add(narrow ? "" : "layer", Tone.Dim);
        foreach (var (title, end) in new[] { ("size", 27), ("now", 38), ("stored", 49), ("now", 60) })
            head.Right(title, end - gone, Tone.Dim);
        head.To(62 - gone).Add("fate", Tone.Dim);
        screen.Write(wide ? head.To(Numbers).Add("command", Tone.Dim) : head);
        foreach (var (layer, number) in image.Layers.Select((layer, number) => (layer, number)))
        {
            var line = new Line().Right($"{number}", 3, Tone.Bold).To(5).Add(narrow ? "" : layer.Digest.Short, Tone.Dim)
                .Right(Bytes.Show(layer.Bytes), 27 - gone).Right(Now(layer.After?.Bytes), 38 - gone)
                .Right(Bytes.Show(layer.StoredBytes), 49 - gone, Tone.Dim).Right(Now(layer.After?.StoredBytes), 60 - gone, Tone.Dim)
                .To(62 - gone).Add(layer.Fate.ToString().ToLowerInvariant(), layer.Fate == LayerFate.Kept ? Tone.Dim : Tone.Good);
            screen.Write(wide ? line.To(Numbers).Add(screen.Middle(Commands.Show(layer.Command), screen.Width - Numbers), Tone.Dim) : line);
        }
    }

    static string Now(long? bytes) => bytes is { } known ? Bytes.Show(known) : "-";

    static void Dropped(OptimizedImage image, Screen screen)
    {
        if (image.Dropped.Count > 0)
            screen.Heading("Dropped", new Line().Add($"{Bytes.Show(image.Dropped.Sum(path => path.Bytes))} in {TerminalReport.Count(image.Dropped.Count, "path")}"));
        foreach (var category in image.Dropped.GroupBy(path => path.Category))
        {
            screen.Write(new Line().To(2).Add($"{category.Key}", Tone.Bold).Add($"  {Bytes.Show(category.Sum(path => path.Bytes))}"));
            foreach (var path in category)
                // Never cut: whoever asks for it wants to see what goes.
                screen.Write(new Line().Right(Bytes.Show(path.Bytes), 14, Tone.Dim).Add("  ").Add(path.Path));
        }
        foreach (var kept in image.NotDropped.Take(Listed))
            screen.Wrapped($"{screen.Path(kept.Path, screen.Width - 10)} stays: {kept.Why}", 2, Tone.Dim);
        if (image.NotDropped.Count > Listed)
            screen.Write($"  and {image.NotDropped.Count - Listed} more stay", Tone.Dim);
    }

    static void Proof(OptimizedImage image, string output, Screen screen)
    {
        var proof = image.Proof;
        screen.Heading("Proof", proof.Holds ? new Line().Add("holds", Tone.Good) : new Line().Add("does not hold", Tone.Bad));
        if (proof.Holds)
            screen.Wrapped($"{TerminalReport.Count(proof.Paths - proof.Dropped, "path")} and the config are what they were; {output} is {image.Written}", 2);
        foreach (var difference in proof.Differences)
            screen.Wrapped($"{difference.Path}: {difference.What}", 2);
        if (proof.DifferenceCount > proof.Differences.Count)
            screen.Write($"  and {proof.DifferenceCount - proof.Differences.Count} more", Tone.Dim);
    }
}
