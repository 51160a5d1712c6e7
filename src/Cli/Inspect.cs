using System.CommandLine;
using Plimsoll.Cli.Advisories;
using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll inspect</c>: everything about an image, in one pass.</summary>
internal static class Inspect
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Look, "inspect", "Says what is in an image, what is wasted, what is unsafe, and whether it passes a policy.",
            [
                "plimsoll inspect web.tar --policy policy.yaml",
                "docker save web:1.4 | plimsoll inspect -",
                "plimsoll inspect registry.example/shop/web:1.4 --platform linux/arm64",
                "plimsoll inspect web.tar --policy policy.yaml --vex web.openvex.json",
                "plimsoll inspect web.tar --base debian:12-slim",
                "plimsoll inspect web.tar --format terminal --format json=report.json",
            ],
            judges: true);
        var source = new Source(verb, "image");
        var policy = new Option<string?>("--policy")
        {
            HelpName = "file", Description = "judge the image by this policy; the exit code is the verdict",
        };
        var (vex, builtOn, formats) = (VexFiles.Option(), GivenBase.Option(), ReportOutput.Option());
        verb.Add(policy);
        verb.Add(vex);
        verb.Add(builtOn);
        verb.Add(formats);
        verb.SetAction(async (parsed, ct) =>
        {
            Policy? judge = null;
            if (parsed.GetValue(policy) is { } file && (judge = PolicyFile.Read(file)) is null)
                return ExitCode.Usage;
            if (VexFiles.Read(parsed.GetValue(vex) ?? []) is not { } statements)
                return ExitCode.Usage;
            var found = (await source.Inspect(parsed, 0, ct)).Report;
            if (parsed.GetValue(builtOn) is { } name)
                found = await GivenBase.Find(parsed, source, name, found, ct);
            var (known, problem) = AdvisoryChoice.Of(found);
            if (problem is not null)
                return CommandLine.Say(ExitCode.NotInspected, problem);
            var report = Judged(known.With(statements, source.Name(parsed, 0)), judge);
            foreach (var failure in report.Failures)
                CommandLine.Say(failure);
            if (report.Images.Count > 0)
                ReportOutput.Write(report, parsed.GetValue(formats)!);
            return ExitCode.Of(report);
        });
        return verb;
    }

    static Report Judged(Report report, Policy? policy)
    {
        var now = TimeProvider.System.GetUtcNow();
        return policy is null ? report
            : report with { Images = [.. report.Images.Select(image => image with { Verdict = Gate.Decide(image, policy, now) })] };
    }
}
