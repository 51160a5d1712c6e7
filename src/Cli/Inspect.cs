using System.CommandLine;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Cli;

/// <summary><c>plimsoll inspect</c>: everything about an image, in one pass.</summary>
internal static class Inspect
{
    public static Verb Verb()
    {
        var image = Source.Argument();
        var platform = Source.PlatformOption();
        var named = Source.ImageOption();
        var policy = new Option<string?>("--policy") { HelpName = "file", Description = "judge the image by this policy; the exit code is the verdict" };
        var formats = new Option<string[]>("--format")
        {
            HelpName = "format[=file]",
            Description = $"{string.Join(", ", ReportOutput.Formats)}; with =FILE into a file; may be given several times",
            DefaultValueFactory = _ => ["terminal"],
        };
        formats.CompletionSources.Add([.. ReportOutput.Formats]);
        formats.Validators.Add(result => ReportOutput.Validate(result.Tokens.Select(token => token.Value), result.AddError));
        var verb = new Verb(
            VerbGroup.Look, "inspect", "Says what is in an image, what is wasted, what is unsafe, and whether it passes a policy.",
            [
                "plimsoll inspect web.tar --policy policy.yaml",
                "docker save web:1.4 | plimsoll inspect -",
                "plimsoll inspect registry.example/shop/web:1.4 --platform linux/arm64",
                "plimsoll inspect web.tar --format terminal --format json=report.json",
            ],
            judges: true)
        {
            image, platform, named, policy, formats,
        };
        verb.SetAction(async (parsed, ct) =>
        {
            Policy? judge = null;
            if (parsed.GetValue(policy) is { } file && (judge = PolicyFile.Read(file)) is null)
                return ExitCode.Usage;
            var inspection = await Source.Inspect(parsed.GetValue(image)!, parsed.GetValue(platform), parsed.GetValue(named), ct);
            var report = judge is null ? inspection.Report
                : inspection.Report with { Images = [.. inspection.Report.Images.Select(i => i with { Verdict = Gate.Decide(i, judge, TimeProvider.System.GetUtcNow()) })] };
            foreach (var failure in report.Failures)
                CommandLine.Say(failure);
            if (report.Images.Count > 0)
                ReportOutput.Write(report, parsed.GetValue(formats)!);
            return ExitCode.Of(report);
        });
        return verb;
    }
}
