using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Terminal;

/// <summary>A comparison for people: the sums, then what is worse, then where.</summary>
internal static class TerminalComparison
{
    const int Named = 20;

    public static void Write(Comparison comparison, Screen screen)
    {
        var (before, after, arrow) = (comparison.Base, comparison.Head, screen.Glyphs.Arrow);
        var (half, shared) = ((screen.Width - 4) / 2, comparison.SharedLayers);
        screen.Write(new Line()
            .Add(screen.Middle(Name(before), half), Tone.Bold).Add($" {arrow} ", Tone.Dim).Add(screen.Middle(Name(after), half), Tone.Bold));
        screen.Write(Sum("size", before.Size, after.Size, screen));
        screen.Write(Sum("waste", before.Waste, after.Waste, screen));
        screen.Write(new Line().Add("  layers").To(12).Add($"{before.Layers} {arrow} {after.Layers}").To(40)
            .Add($"{shared} shared, {after.Layers - shared} added, {before.Layers - shared} removed", Tone.Dim));
        if (comparison is { Files: null or [], NewFindings: [], FixedFindings: [], NewSecrets: [], FixedSecrets: [], Packages: [] })
            screen.Write("  what a container sees is the same", Tone.Dim);
        var (worse, better) = (comparison.NewFindings, comparison.FixedFindings);
        Section(screen, "New findings", worse, finding => Finding(finding, screen), new Line().Add($"{worse.Count}", Tone.Bad));
        Section(screen, "Findings mended", better, finding => Finding(finding, screen), new Line().Add($"{better.Count}", Tone.Good));
        Section(screen, "New secrets", comparison.NewSecrets, secret => Secret(secret, screen), new Line().Add($"{comparison.NewSecrets.Count}", Tone.Bad));
        Section(screen, "Secrets that are gone", comparison.FixedSecrets, secret => Secret(secret, screen), new Line().Add($"{comparison.FixedSecrets.Count}", Tone.Good));
        Section(screen, "Packages", comparison.Packages, package => Package(package, screen),
            Sides(comparison.Packages, package => package.Before is null, package => package.After is null));
        var files = comparison.Files ?? [];
        Section(screen, "Files", files, file => File(file, screen),
            Sides(files, file => file.Before is null, file => file.After is null));
    }

    static void Section<T>(Screen screen, string title, IReadOnlyList<T> items, Func<T, Line> line, Line summary)
    {
        if (items.Count == 0)
            return;
        screen.Heading(title, summary);
        foreach (var item in items.Take(Named))
            screen.Write(line(item));
        if (items.Count > Named)
            screen.Write($"  and {items.Count - Named} more", Tone.Dim);
    }

    static Line Sum(string what, long before, long after, Screen screen)
    {
        var line = new Line().Add($"  {what}").To(12).Add($"{Bytes.Show(before)} {screen.Glyphs.Arrow} {Bytes.Show(after)}").To(40);
        return after == before ? line.Add("the same", Tone.Dim)
            : after > before ? line.Add($"+{Bytes.Show(after - before)}", Tone.Bad)
            : line.Add($"{screen.Glyphs.Minus}{Bytes.Show(before - after)}", Tone.Good);
    }

    static Line Finding(Finding finding, Screen screen)
    {
        var line = new Line().Add("  ").Add(finding.Severity).To(12).Add(finding.Check, Tone.Bold).Add("  ");
        return line.Add(screen.Middle(finding.Evidence, screen.Width - line.Cells), Tone.Dim);
    }

    static Line Secret(SecretReport secret, Screen screen)
    {
        var line = new Line().Add("  ").Add(secret.Severity).To(12).Add(secret.Rule, Tone.Bold).Add("  ");
        return line.Add(screen.Middle($"{secret.Location} = {secret.Masked}", screen.Width - line.Cells), Tone.Dim);
    }

    static Line Package(PackageChange package, Screen screen)
    {
        var line = Marked(package.Before is null, package.After is null, screen).Add(screen.Middle(package.Name, screen.Width / 3)).Add("  ");
        var versions = package switch
        {
            { Before: null } => package.After!,
            { After: null } => package.Before,
            _ => $"{package.Before} {screen.Glyphs.Arrow} {package.After}",
        };
        return line.Add(screen.Middle(versions, screen.Width - line.Cells), Tone.Dim);
    }

    static Line File(FileChange file, Screen screen)
    {
        var line = Marked(file.Before is null, file.After is null, screen)
            .Right($"{(file.Growth < 0 ? screen.Glyphs.Minus : "+")}{Bytes.Show(Math.Abs(file.Growth))}", 16).Add("  ");
        return line.Add(screen.Path(file.Path, screen.Width - line.Cells));
    }

    static Line Marked(bool isNew, bool isGone, Screen screen) => new Line().Add("  ")
        .Add(isNew ? "+" : isGone ? screen.Glyphs.Minus : "~", isNew ? Tone.Good : isGone ? Tone.Bad : Tone.Warn).Add(" ");

    static Line Sides<T>(IReadOnlyList<T> changes, Func<T, bool> isNew, Func<T, bool> isGone)
    {
        var (added, removed) = (changes.Count(isNew), changes.Count(isGone));
        return new Line().Add($"{added} added, {changes.Count - added - removed} changed, {removed} removed");
    }

    static string Name(ComparedImage image) => $"{image.Reference ?? image.ConfigDigest.Short} ({image.Platform})";
}
