namespace Plimsoll.Cli;

/// <summary><c>plimsoll sbom</c>: the packages of an image in a form that other tools read.</summary>
internal static class Sbom
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Look, "sbom", "Lists the packages of an image for other tools: a CycloneDX or SPDX document.",
            ["plimsoll sbom web.tar > web.cdx.json", "plimsoll sbom web.tar --format cyclonedx=web.cdx.json --format spdx=web.spdx.json"]);
        var source = new Source(verb, "image");
        var formats = ReportOutput.Option("cyclonedx", "spdx");
        verb.Add(formats);
        verb.SetAction(async (parsed, ct) =>
        {
            var report = (await source.Inspect(parsed, 0, ct)).Report;
            foreach (var failure in report.Failures)
                CommandLine.Say(failure);
            if (report.Images.Count > 0)
                ReportOutput.Write(report, parsed.GetValue(formats)!);
            return ExitCode.Of(report);
        });
        return verb;
    }
}
