using System.CommandLine;
using Plimsoll.Cli.Terminal;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Sboms;

namespace Plimsoll.Cli.Advisories;

/// <summary><c>plimsoll vulnerabilities</c>: those of the packages that an SBOM lists, where the image itself is not at hand.</summary>
internal static class VulnerabilitiesVerb
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Advisories, "vulnerabilities", "Says which vulnerabilities the packages of an SBOM have: a CycloneDX or SPDX document in JSON.",
            ["plimsoll vulnerabilities web.cdx.json", "plimsoll vulnerabilities web.spdx.json --format json=report.json", "plimsoll sbom web.tar | plimsoll vulnerabilities -"]);
        var document = new Argument<string>("sbom") { Description = "a CycloneDX or SPDX 2 document in JSON, or - for standard input" };
        var formats = ReportOutput.Option("terminal", "json", "cyclonedx", "spdx");
        verb.Add(document.NoOption());
        verb.Add(formats);
        verb.SetAction(async (parsed, ct) =>
        {
            var name = parsed.GetValue(document)!;
            await using var input = name == "-" ? Console.OpenStandardInput() : File.OpenRead(name);
            var (report, problem) = AdvisoryChoice.Of(await SbomReader.Read(input, name == "-" ? "standard input" : name, ct));
            if (problem is not null)
                return CommandLine.Say(ExitCode.NotInspected, problem);
            foreach (var failure in report.Failures)
                CommandLine.Say(failure);
            if (report.Images.Any(image => image.Vulnerabilities is null))
                return CommandLine.Say(ExitCode.NotInspected, "there are no advisories to compare its packages with: 'plimsoll advisories update' brings some");
            if (report.Images.Count > 0)
                ReportOutput.Write(report, parsed.GetValue(formats)!, Terminal);
            return ExitCode.Of(report);
        });
        return verb;
    }

    static void Terminal(Report report, Screen screen)
    {
        foreach (var image in report.Images)
        {
            var packages = image.Packages.Where(package => package.OwnedBy is null).GroupBy(package => package.Type).OrderByDescending(type => type.Count()).Select(type => TerminalReport.Count(type.Count(), $"{type.Key} package"));
            screen.Write(new Line().Add(image.Image.Reference ?? image.Image.ConfigDigest.Value, Tone.Bold));
            screen.Wrapped(string.Join(", ", packages.Prepend(image.Config.OperatingSystem?.Name).OfType<string>()), 0);
            VulnerabilitiesPart.Write(image, screen);
            TerminalReport.Notes(image.Notes, screen);
        }
    }
}
