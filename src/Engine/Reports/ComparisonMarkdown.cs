using static Plimsoll.Engine.Reports.MarkdownText;

namespace Plimsoll.Engine.Reports;

/// <summary>A comparison as Markdown for a pull request: the sums, then what is new, then what is mended, packages and files folded away.</summary>
public static class ComparisonMarkdown
{
    /// <summary>Lines end with <see cref="TextWriter.NewLine"/>.</summary>
    public static void Write(Comparison comparison, TextWriter output)
    {
        var (before, after) = (comparison.Base, comparison.Head);
        output.WriteLine($"## {Name(before)} → {Name(after)}\n");
        output.WriteLine("| | Before | After | Change |\n| --- | --- | --- | --- |");
        output.WriteLine($"| Size | {Bytes.Show(before.Size)} | {Bytes.Show(after.Size)} | {Growth(after.Size - before.Size)} |");
        output.WriteLine($"| Waste | {Bytes.Show(before.Waste)} | {Bytes.Show(after.Waste)} | {Growth(after.Waste - before.Waste)} |");
        output.WriteLine($"| Layers | {before.Layers} | {after.Layers} | {comparison.SharedLayers} shared |\n");
        if (comparison is { Files: null or [], NewFindings: [], FixedFindings: [], NewSecrets: [], FixedSecrets: [], Packages: [] })
            output.WriteLine(comparison.Files is null ? "Findings, secrets and packages are the same.\n" : "What a container sees is the same.\n");
        Findings("New findings", comparison.NewFindings, output);
        Secrets("New secrets", comparison.NewSecrets, output);
        Findings("Findings mended", comparison.FixedFindings, output);
        Secrets("Secrets that are gone", comparison.FixedSecrets, output);
        MarkdownFormat.Table(output, $"Packages: {comparison.Packages.Count}", ["Type", "Package", "Before", "After"],
            comparison.Packages.Select(change => new[] { Escape(change.Type), Code(change.Name), Version(change.Before), Version(change.After) }), fold: true);
        MarkdownFormat.Table(output, $"Files: {(comparison.Files?.Count ?? 0) + comparison.MoreFiles}", ["Path", "Before", "After", "Change"],
            (comparison.Files ?? []).Select(file => new[] { Code(file.Path), Size(file.Before), Size(file.After), Growth(file.Growth) }), fold: true, more: comparison.MoreFiles);
        if (comparison.Files is null)
            output.WriteLine("> Note: the files of the images are not known any more, so that they are not compared.\n");
    }

    static void Findings(string title, IReadOnlyList<Finding> findings, TextWriter output) => MarkdownFormat.Table(output, title, ["Severity", "Check", "Where", "Evidence", "Remedy"],
        findings.Select(one => new[] { one.Severity.ToString().ToLowerInvariant(), Code(one.Check), one.Path is null ? "" : Code(one.Path), Escape(one.Evidence), Escape(one.Remedy) }), fold: false);

    static void Secrets(string title, IReadOnlyList<SecretReport> secrets, TextWriter output) => MarkdownFormat.Table(output, title, ["Severity", "Rule", "Where", "Value"],
        secrets.Select(one => new[] { one.Severity.ToString().ToLowerInvariant(), Code(one.Rule), Escape(one.Location), Code(one.Masked) }), fold: false);

    static string Name(ComparedImage image) => $"{Code(image.Reference ?? image.ConfigDigest.Short)} ({image.Platform})";

    static string Version(string? version) => version is null ? "–" : Code(version);

    static string Size(long? bytes) => bytes is { } known ? Bytes.Show(known) : "–";

    static string Growth(long bytes) => bytes switch { 0 => "the same", > 0 => "+" + Bytes.Show(bytes), _ => "−" + Bytes.Show(-bytes) };
}
