using System.Globalization;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>A report for people: the verdict, then what to mend with the worst first, then where the bytes are.</summary>
internal static class TerminalReport
{
    public static void Write(Report report, Screen screen)
    {
        foreach (var (image, number) in report.Images.Select((image, number) => (image, number)))
        {
            if (number > 0)
                screen.Write();
            Title(image, screen);
            VerdictPart.Write(image, screen);
            VulnerabilitiesPart.Write(image, screen);
            FindingsPart.Write(image, screen);
            SecretsPart.Write(image, screen);
            WastePart.Write(image, screen);
            LayersPart.Write(image, screen);
            Notes(image.Notes, screen);
        }
    }

    static void Title(ImageReport image, Screen screen)
    {
        var identity = image.Image;
        var line = new Line();
        if (image.Verdict is { Outcome: var outcome })
            line.Add($" {outcome.ToString().ToUpperInvariant()} ", Tone.Badge(outcome)).Add(" ");
        var digest = (identity.ManifestDigest ?? identity.ConfigDigest).Value;
        // Reproducible builds say 1970 or 1980, which tells nothing.
        var day = identity.Created is { Year: > 1980 } created ? created.ToString("  yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        var facts = $"  {identity.Platform}{day}";
        screen.Write(line.Add(screen.Middle(identity.Reference ?? digest, screen.Width - line.Cells - facts.Length), Tone.Bold).Add(facts));
        foreach (var sums in Fit.Items(Sums(image), $" {screen.Glyphs.Dot} ", screen.Width))
            screen.Write(sums);
        if (identity.Reference is not null)
            screen.Write(digest, Tone.Dim);
    }

    static IEnumerable<string> Sums(ImageReport image)
    {
        yield return $"{Bytes.Show(image.Image.Size)} in {Count(image.Layers.Count, "layer")}";
        if (image.Image.CompressedSize < image.Image.Size)
            yield return $"{Bytes.Show(image.Image.CompressedSize)} compressed";
        if (image.Config.OperatingSystem is { } os)
            yield return os.Name.Length > 40 ? os.Id : os.Name;
        if (image.Base is { } known)
            yield return $"built on {known.Shown}";
        var installed = image.Packages.Where(package => package is { RemovedIn: null, OwnedBy: null });
        foreach (var type in installed.GroupBy(package => package.Type).OrderByDescending(type => type.Count()))
            yield return Count(type.Count(), $"{type.Key} package");
        yield return $"runs as {(image.Config.User.Length == 0 ? "root" : image.Config.User)}";
    }

    public static void Notes(IReadOnlyList<string> notes, Screen screen)
    {
        if (notes.Count == 0)
            return;
        screen.Heading("Notes", new Line().Add("what could not be read; the rest stands"));
        foreach (var note in notes.Take(10))
            screen.Wrapped(note, 2);
        if (notes.Count > 10)
            screen.Write($"  and {notes.Count - 10} more", Tone.Dim);
    }

    public static string Count(int number, string noun, string? several = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{number:N0} {(number == 1 ? noun : several ?? noun + "s")}");
}
