using System.Globalization;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Reports.MarkdownText;

namespace Plimsoll.Engine.Reports;

/// <summary>A report as Markdown for a pull request or a wiki: the verdict first, then what to mend, then the rest folded away.</summary>
public static class MarkdownFormat
{
    const int Named = 20;

    public static void Write(Report report, TextWriter output)
    {
        foreach (var image in report.Images)
            WriteImage(image, output);
        foreach (var failure in report.Failures)
            output.WriteLine($"## Not inspected: {Code(failure.Image)}\n\n{Escape(failure.Reason)}{(failure.Remedy is null ? "" : $": {Escape(failure.Remedy)}")}.\n");
    }

    static void WriteImage(ImageReport image, TextWriter output)
    {
        var name = image.Image.Reference ?? image.Image.ConfigDigest.Short;
        output.WriteLine($"## {(image.Verdict is { } verdict ? $"{verdict.Outcome}: " : "")}{Code(name)}\n");
        output.WriteLine($"{image.Image.Platform} · {Bytes.Show(image.Image.Size)} in {image.Layers.Count} layers · {Share(image.Waste.Efficiency)} efficient · "
            + $"{image.Packages.Count(package => package.Counts)} packages{(image.Base is { } known ? $" · built on {Code(known.Shown)}" : "")} · {Code((image.Image.ManifestDigest ?? image.Image.ConfigDigest).Value)}\n");
        if (image.Verdict is { } judged)
            Table(output, $"Policy {judged.Policy}", ["Rule", "Limit", "Actual", "Outcome", "What would make it pass"],
                judged.Rules.Select(rule => new[] { Code(rule.Rule), Escape(rule.Limit), Escape(rule.Actual), rule.Outcome.ToString(), Escape(rule.Advice ?? "") }), fold: false);
        if (ExemptionsOf(image) is { Count: > 0 } used)
            Table(output, "Exemptions used", ["Id", "Exempted", "Reason", "Owner", "Until"],
                used.Select(e => new[] { Code(e.Id), Escape(e.Exempted), Escape(e.Reason), Escape(e.Owner), e.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }), fold: false);
        Vulnerabilities(image.Vulnerabilities ?? [], output);
        if (BaseShare.Of(image) is { } share)
            output.WriteLine($"> Of the vulnerabilities, {Escape(share.ToString())}.\n");
        foreach (var unknown in Unknown(image.Advisories))
            output.WriteLine($"> {unknown}\n");
        Table(output, "What to mend", ["Severity", "Check", "Where", "Layer", "Evidence", "Remedy"], image.Findings
            .Select(f => new[] { f.Severity.ToString().ToLowerInvariant(), Code(f.Check), f.Path is null ? "" : Code(f.Path), Number(f.Layer), Escape(f.Evidence), Escape(f.Remedy) }), fold: false);
        Table(output, "Secrets", ["Severity", "Rule", "Where", "Value"], image.Secrets
            .Select(s => new[] { s.Severity.ToString().ToLowerInvariant(), Code(s.Rule), Escape(s.Location), Code(s.Masked) }), fold: false);
        Table(output, $"Waste: {Bytes.Show(image.Waste.ReclaimableBytes)}", ["Path", "Bytes", "In layer", "Hidden by", "How"], image.Waste.Files
            .Select(f => new[] { Code(f.Path), Bytes.Show(f.Bytes), Number(f.Layer), Number(f.HiddenBy), How(f.How) }), fold: true);
        Table(output, "Layers", ["#", "Size", "Reclaimable", "Files", "Command"], image.Layers
            .Select((layer, i) => new[] { Number(i), Bytes.Show(layer.Size), Bytes.Show(layer.Reclaimable), Number(layer.Files), Code(layer.Command ?? "") }), fold: true);
        foreach (var note in image.Notes)
            output.WriteLine($"> Note: {Escape(note)}\n");
    }

    static void Vulnerabilities(IReadOnlyList<VulnerabilityReport> found, TextWriter output)
    {
        Table(output, "Vulnerabilities", ["Severity", "Id", "Package", "Installed", "Fixed in", "Layer"], found.Where(v => !v.IsSetAside)
            .Select(v => new[] { Rated(v), Code(v.Id) + (v.Unconfirmed ? ", not reviewed" : "") + (v.Vex?.Status is { } stated ? $", {stated.Words()}" : ""), Code(v.Name), Code(v.Installed), v.FixedIn is null ? "" : Code(v.FixedIn), Number(v.Layer) + (v.FromBase is true ? " (base)" : "") }), fold: false);
        Table(output, "Put aside by VEX", ["Severity", "Id", "Package", "Installed", "What is stated"], found.Where(v => v.IsSetAside)
            .Select(v => new[] { Rated(v), $"~~{Code(v.Id)}~~", Code(v.Name), Code(v.Installed), Escape(v.Vex!.Sentence!) }), fold: false);
    }

    static string Rated(VulnerabilityReport one) => (one.Severity?.ToString().ToLowerInvariant() ?? "unrated") + (one.KnownExploited ? ", exploited" : "");

    static IEnumerable<string> Unknown(AdvisoryReport? data)
    {
        if (data is null)
        {
            yield return "Vulnerabilities are not known: there was no advisory data to compare the packages with";
            yield break;
        }
        yield return string.Create(CultureInfo.InvariantCulture, $"By advisory data of {data.AsOf.UtcDateTime:yyyy-MM-dd}");
        foreach (var gap in data.Uncovered)
            yield return $"The vulnerabilities of {gap.Packages} packages are not known: {Escape(gap.Reason)}";
        if (data.Undecided.Count > 0)
            yield return $"{data.Undecided.Count} advisories may match and cannot be decided, such as {Code(data.Undecided[0].Id)}: {Escape(data.Undecided[0].Reason)}";
    }

    static IReadOnlyList<Gates.UsedExemption> ExemptionsOf(ImageReport image) => image.Verdict?.Exemptions ?? [];

    /// <param name="more">Rows that the caller left out.</param>
    internal static void Table(TextWriter output, string title, string[] columns, IEnumerable<string[]> rows, bool fold, int more = 0)
    {
        var all = rows.ToList();
        if (all.Count == 0)
            return;
        output.WriteLine(fold ? $"<details><summary>{title}</summary>\n" : $"### {title}\n");
        output.WriteLine($"| {string.Join(" | ", columns)} |\n|{string.Concat(columns.Select(_ => " --- |"))}");
        foreach (var row in all.Take(Named))
            output.WriteLine($"| {string.Join(" | ", row)} |");
        if (all.Count + more > Named)
            output.WriteLine($"\n… and {all.Count + more - Math.Min(all.Count, Named)} more.");
        output.WriteLine(fold ? "\n</details>\n" : "");
    }

    static string How(HiddenHow how) => how switch { HiddenHow.Deleted => "deleted", HiddenHow.Overwritten => "overwritten", _ => "copied for its metadata" };

    static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    // Cut, not rounded: less than all must not look like all.
    static string Share(double share) => (Math.Floor(share * 1000 + 1e-9) / 10).ToString("0.0", CultureInfo.InvariantCulture) + " %";
}
