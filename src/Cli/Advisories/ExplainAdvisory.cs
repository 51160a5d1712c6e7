using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Advisories;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Vex;

namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll explain</c>: why an image has a vulnerability, or why it does not.</summary>
internal static class ExplainAdvisory
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Advisories, "explain", "Says why an advisory matches an image or does not: which record, which package, which versions were compared by which order.",
            ["plimsoll explain CVE-2024-6345 web.tar", "plimsoll explain GHSA-cx63-2mw6-8hw5 registry.example/shop/web:1.4"]);
        var id = new Argument<string>("advisory") { Description = "the id of an advisory, or any other name of its problem, such as a CVE" };
        verb.Add(id);
        var source = new Source(verb, "image");
        var vex = VexFiles.Option();
        verb.Add(vex);
        verb.SetAction(async (parsed, ct) =>
        {
            if (VexFiles.Read(parsed.GetValue(vex) ?? []) is not { } statements)
                return ExitCode.Usage;
            var opening = AdvisoryLibrary.Open(LibraryPath.Current);
            if (opening.Library is not { } library)
                return CommandLine.Say(ExitCode.NotInspected, $"{opening.Problem}: 'plimsoll advisories update' brings advisories");
            using (library)
            {
                var records = library.Find(parsed.GetValue(id)!);
                if (records.Count == 0)
                    return CommandLine.Say(ExitCode.NotInspected, $"{parsed.GetValue(id)}: no advisory here goes by that name; 'plimsoll advisories status' says what there is");
                var report = (await source.Inspect(parsed, 0, ct)).Report;
                foreach (var failure in report.Failures)
                    CommandLine.Say(failure);
                using var screen = Screen.OnStandardOutput();
                foreach (var image in report.Images)
                    Explain(image, records, library, statements, source.Name(parsed, 0), screen);
                return report.Failures.Count > 0 ? ExitCode.NotInspected : ExitCode.Passed;
            }
        });
        return verb;
    }

    static void Explain(ImageReport image, IReadOnlyList<Advisory> records, AdvisoryLibrary library, VexLedger statements, string name, Screen screen)
    {
        var set = AdvisorySet.Of(records);
        var now = TimeProvider.System.GetUtcNow();
        var matches = image.Packages.Where(package => package.RemovedIn is null)
            .SelectMany(package => set.Match(Component.Of(package, image.Config.OperatingSystem), now).Select(match => (Match: match, Package: package)))
            .OrderByDescending(pair => pair.Match.Outcome).ThenBy(pair => pair.Match.Advisory.Id, StringComparer.Ordinal).ToList();
        var gaps = KnownAdvisories.Of(library, [image])?.Uncovered(image).Where(gap => gap.IsGap).ToList() ?? [];
        var (word, outcome) = matches.Select(pair => (MatchOutcome?)pair.Match.Outcome).Max() switch
        {
            MatchOutcome.Affected => (" AFFECTED ", Outcome.Fail),
            MatchOutcome.Unknown => (" NOT DECIDED ", Outcome.Undecided),
            // Other packages may have it, and nobody here has heard of them.
            _ when gaps.Count > 0 => (" NOT KNOWN ", Outcome.Undecided),
            _ => (" NOT AFFECTED ", Outcome.Pass),
        };
        screen.Write(new Line().Add(word, Tone.Badge(outcome)).Add(" ").Add(image.Image.Reference ?? image.Image.ConfigDigest.Value, Tone.Bold).Add($"  {image.Image.Platform}"));
        foreach (var advisory in records)
            Record(advisory, library, screen);
        foreach (var (match, package) in matches)
            One(match, package, screen);
        if (matches.Count == 0)
            screen.Wrapped($"no package of the image is one that these records name ({string.Join(", ", records.SelectMany(one => one.Affected).Select(one => $"{one.Name} of {one.Ecosystem}").Distinct().Take(6))})", 2);
        if (!statements.IsEmpty && KnownAdvisories.Of(library, [image])?.Judge(image, now) is { } judged)
            ExplainVex.Write(statements.Apply(judged, VexFiles.Names(judged, name)), records, screen);
        foreach (var gap in gaps)
            screen.Wrapped($"not known of {TerminalReport.Count(gap.Packages, "package")}: {gap.Reason}", 2, Tone.Warn);
    }

    static void Record(Advisory advisory, AdvisoryLibrary library, Screen screen)
    {
        screen.Heading(advisory.Id, new Line().Add(string.Join(", ", advisory.Aliases.Concat(advisory.Upstream).Take(4)), Tone.Dim));
        if (advisory.Summary is { } summary)
            screen.Wrapped(summary, 2);
        if (advisory.Aliases.Concat(advisory.Upstream).Prepend(advisory.Id).Select(library.Exploitation).OfType<Exploitation>().OrderByDescending(known => known.KnownSince is not null).FirstOrDefault() is { } attacks)
            screen.Wrapped(attacks.KnownSince is null ? attacks.ToString() : $"{attacks}: it counts as high at least", 2, Tone.Warn);
    }

    static void One(Match match, PackageReport package, Screen screen)
    {
        var (word, tone) = match.Outcome switch { MatchOutcome.Affected => ("affected", Tone.Bad), MatchOutcome.Unknown => ("not decided", Tone.Warn), _ => ("not affected", Tone.Good) };
        var line = new Line().Add("  ").Add(word, tone).To(16).Add(package.Name, Tone.Bold).Add($" {package.Version}");
        screen.Write(line.Add($"  #{package.Layer}", Tone.Dim));
        screen.Wrapped(match.Statement, 16);
        if (match.Explanation.Note is { } note)
            screen.Wrapped(note, 16, Tone.Dim);
        if (match.FixedIn is { } fix)
            screen.Advice($"update {match.Explanation.Name} to {fix}", 16);
    }
}
