using System.Globalization;
using Plimsoll.Engine.Bases;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Cli.Terminal;

/// <summary>The vulnerabilities, one entry for each package, the worst first; and what nothing is known of, which is not none.</summary>
internal static class VulnerabilitiesPart
{
    const int Packages = 12;
    const int Named = 4;
    const int Indent = 12;

    public static void Write(ImageReport image, Screen screen)
    {
        if (image is not { Vulnerabilities: { } all, Advisories: { } data })
        {
            screen.Heading("Vulnerabilities", new Line().Add("not known", Tone.Warn));
            screen.Advice("there was no advisory data: plimsoll advisories update brings it to this machine, for plimsoll inspect", Indent);
            return;
        }
        var (found, aside) = (all.Where(one => !one.IsSetAside).ToList(), all.Where(one => one.IsSetAside).ToList());
        screen.Heading("Vulnerabilities", Summary(found, data, screen));
        if (BaseShare.Of(image) is { } share)
            screen.Wrapped(share.ToString(), Indent, share.Fixable > 0 ? Tone.Accent : Tone.Dim);
        else if (found.Count > 0 && image.Base is { Layers: null, Name: { } name })
            screen.Wrapped($"which of them come from {name} is not known: plimsoll inspect with --base {name} says it", Indent, Tone.Dim);
        var packages = found.GroupBy(one => (one.Package, one.Layer)).ToList();
        foreach (var package in packages.Take(Packages))
            Package([.. package], image.Layers.Count > 0, screen);
        if (packages.Skip(Packages).Sum(package => package.Count()) is var more and > 0)
            screen.Write(new Line().To(Indent).Add($"and {more} more of {TerminalReport.Count(packages.Count - Packages, "other package")}", Tone.Dim));
        SetAside(aside, screen);
        foreach (var gap in data.Uncovered)
            screen.Wrapped($"not known of {TerminalReport.Count(gap.Packages, "package")}: {gap.Reason}", Indent, gap.IsGap ? Tone.Warn : Tone.Dim);
        if (data.Undecided.Count > 0)
            screen.Wrapped($"{TerminalReport.Count(data.Undecided.Count, "advisory", "advisories")} may match and cannot be decided: {data.Undecided[0].Id}, {data.Undecided[0].Reason}", Indent, Tone.Dim);
        screen.Write(new Line().To(Indent).Add(string.Create(CultureInfo.InvariantCulture, $"by advisory data of {data.AsOf.UtcDateTime:yyyy-MM-dd}"), Tone.Dim));
        // What an SBOM lists cannot be looked at again.
        if (all.Count > 0 && image.Layers.Count > 0)
            screen.Write(new Line().To(Indent).Add("plimsoll explain ID IMAGE", Tone.Accent).Add(" says which versions were compared, and why it matches", Tone.Dim));
    }

    static void Package(List<VulnerabilityReport> found, bool hasLayers, Screen screen)
    {
        var worst = found[0];
        var line = new Line().Add("  ");
        line = worst.Severity is { } severity ? line.Add(severity) : line.Add("unrated", Tone.Dim);
        line.To(Indent).Add(worst.Name, Tone.Bold).Add($" {worst.Installed}");
        var fix = found.ConvertAll(one => one.FixedIn).Distinct().ToList() is [{ } only] ? only : worst.FixedIn is { } first ? $"{first} for the first of" : worst.LastAffected is { } last ? $"beyond {last}" : "no fix";
        line.Add($" {screen.Glyphs.Arrow} ", Tone.Dim).Add(fix, worst.IsFixedLater ? Tone.Good : Tone.Dim);
        var attacked = found.Exists(one => one.KnownExploited) ? "  exploited" : "";
        screen.Write(line.Add(hasLayers ? $"  #{worst.Layer}" : "", Tone.Dim).Add(attacked, Tone.Bad));
        var ids = string.Join(", ", found.Take(Named).Select(one => one.Unconfirmed ? $"{one.Id} (unreviewed)" : one.Vex?.Status is { } stated ? $"{one.Id} ({stated.Words()})" : one.Id));
        screen.Wrapped(found.Count > Named ? $"{ids} and {found.Count - Named} more" : ids, Indent, Tone.Dim);
    }

    // Found all the same: who reads it may think otherwise than who stated it.
    static void SetAside(List<VulnerabilityReport> aside, Screen screen)
    {
        foreach (var status in aside.GroupBy(one => one.Vex!.Status!.Value))
        {
            var names = status.Select(one => $"{one.Id} in {one.Name}").ToList();
            screen.Wrapped($"{status.Count()} {status.Key.Words()} by VEX: {string.Join(", ", names.Take(Named))}{(names.Count > Named ? $" and {names.Count - Named} more" : "")}", Indent, Tone.Dim);
        }
    }

    static Line Summary(IReadOnlyList<VulnerabilityReport> found, AdvisoryReport data, Screen screen)
    {
        var line = new Line();
        foreach (var severity in found.Where(one => !one.Unconfirmed).GroupBy(one => one.Severity).OrderByDescending(group => group.Key))
            line.Add(line.Cells > 0 ? $" {screen.Glyphs.Dot} " : "", Tone.Dim)
                .Add($"{severity.Count()} {severity.Key?.ToString().ToLowerInvariant() ?? "unrated"}", severity.Key is { } known ? Tone.Of(known) : Tone.Plain);
        if (line.Cells > 0)
            return line;
        // None is known where all was looked at, and only there.
        return data.IsWhole ? line.Add("none known", Tone.Good) : line.Add("none known, and not all was looked at", Tone.Warn);
    }
}
