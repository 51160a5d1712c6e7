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
                screen.Line();
            Title(image, screen);
            VerdictPart.Write(image, screen);
            FindingsPart.Write(image, screen);
            WastePart.Write(image, screen);
            LayersPart.Write(image, screen);
            foreach (var note in image.Notes)
                screen.Line(screen.Dim($"note: {Plain.Text(note)}"));
        }
    }

    static void Title(ImageReport image, Screen screen)
    {
        var identity = image.Image;
        var name = identity.Reference ?? (identity.ManifestDigest ?? identity.ConfigDigest).Value;
        var verdict = image.Verdict is { } judged ? $"{screen.Outcome(judged.Outcome)} " : "";
        screen.Line($"{verdict}{screen.Bold(Plain.Middle(name, screen.Width - 14))}  {Plain.Text(identity.Platform.ToString())}");
        var facts = new List<string> { $"{Bytes.Show(identity.Size)} in {image.Layers.Count} {(image.Layers.Count == 1 ? "layer" : "layers")}" };
        if (identity.CompressedSize < identity.Size)
            facts.Add($"{Bytes.Show(identity.CompressedSize)} compressed");
        if (image.Config.OperatingSystem is { } os)
            facts.Add(Plain.Middle(os.Name, 40));
        facts.Add($"{image.Packages.Count(package => package.RemovedIn is null)} packages");
        facts.Add($"runs as {(image.Config.User.Length == 0 ? "root" : Plain.Middle(image.Config.User, 20))}");
        screen.Line(string.Join(screen.Dim(" · "), facts));
        screen.Line(screen.Dim((identity.ManifestDigest ?? identity.ConfigDigest).Value));
    }
}
