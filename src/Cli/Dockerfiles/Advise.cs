using System.CommandLine;
using Plimsoll.Engine.Dockerfiles;
using Plimsoll.Engine.Dockerfiles.Fixes;
using Plimsoll.Engine.Dockerfiles.Plans;
using Plimsoll.Engine.Dockerfiles.Reports;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli.Dockerfiles;

/// <summary><c>plimsoll advise</c>: what to mend in a Dockerfile, and the changes that are safe.</summary>
internal static class Advise
{
    public static Verb Verb()
    {
        var verb = new Verb(
            VerbGroup.Dockerfiles, "advise", "Says what is wrong in a Dockerfile and how to mend it, line by line.",
            [
                "plimsoll advise Dockerfile",
                "plimsoll advise Dockerfile --context . --image web.tar",
                "plimsoll advise Dockerfile --image registry.example/shop/web:1.4 --platform linux/arm64",
                "plimsoll advise Dockerfile --fix | git apply",
                "plimsoll advise Dockerfile --fix --write",
                "plimsoll advise Dockerfile --fail-on low --format terminal --format sarif=advice.sarif",
            ],
            judges: true);
        var file = new Argument<string>("dockerfile") { Description = "a Dockerfile, or - for standard input" }.NoOption();
        var (formats, failOn) = (ReportOutput.Option("terminal", "json", "sarif", "gitlab"), FailOn());
        var fix = new Option<bool>("--fix") { Description = "print the changes that are safe as a unified diff, in place of a report" };
        var write = new Option<bool>("--write") { Description = "with --fix: make the changes in the file" };
        verb.Add(file);
        var surroundings = new GivenSurroundings(verb);
        foreach (var option in new Option[] { formats, failOn, fix, write })
            verb.Add(option);
        verb.Validators.Add(result =>
        {
            if (result.GetValue(write) && !result.GetValue(fix))
                result.AddError("--write makes the changes of --fix: give both");
            if (result.GetValue(write) && result.GetValue(file) == "-")
                result.AddError("standard input cannot be written: give a file");
            if (result.GetValue(fix) && result.GetResult(formats) is { Implicit: false })
                result.AddError("--fix prints a diff: give --format without it");
            var (context, image) = surroundings.Names(result);
            if (result.GetValue(fix) && (context ?? image) is not null)
                result.AddError("--fix prints a diff: give --context and --image without it");
            if (result.GetValue(file) == "-" && image == "-")
                result.AddError("standard input is one thing: give a file for the Dockerfile or for the image");
        });
        verb.SetAction(async (parsed, ct) =>
        {
            if (await GivenDockerfile.Read(parsed.GetValue(file)!, ct) is not { } given)
                return ExitCode.NotInspected;
            var (plan, problem) = BuildPlan.Read(given.Content);
            if (plan is null)
            {
                Console.Error.Write($"{Terminal.Printable.Of($"{given.Name}:{problem!.At}: {problem.Reason}")}\n");
                return ExitCode.NotInspected;
            }
            if (await surroundings.Read(parsed, given, plan, ct) is not { } around)
                return ExitCode.NotInspected;
            var review = parsed.GetValue(fix) ? Mend(given, parsed.GetValue(write)) : Adviser.Review(given.Content, plan, around);
            if (!parsed.GetValue(fix))
                Write(review, given, parsed.GetValue(formats)!);
            return review.Worst is { } worst && parsed.GetValue(failOn) is { } limit and not "none" && worst >= Enum.Parse<Severity>(limit, ignoreCase: true) ? ExitCode.Failed : ExitCode.Passed;
        });
        return verb;
    }

    static Option<string> FailOn()
    {
        var option = new Option<string>("--fail-on")
        {
            HelpName = "severity", Description = "info, low, medium, high, critical or none: exit with 1 where a finding is that bad or worse; medium unless it is said", DefaultValueFactory = _ => "medium",
        };
        return option.AcceptOnlyFromAmong("none", "info", "low", "medium", "high", "critical");
    }

    static void Write(DockerfileReview review, GivenDockerfile given, string[] formats) => ReportOutput.Write(formats, format => format switch
    {
        "json" => output => AdviceJson.Write(review, given.ReportName, output),
        "sarif" => output => AdviceSarif.Write(review, given.ReportName, output),
        "gitlab" => output => AdviceCodeQuality.Write(review, given.ReportName, output),
        _ => output => ReportOutput.OnScreen(output, screen => TerminalAdvice.Write(review, given.Name, screen)),
    });

    // What is left.
    static DockerfileReview Mend(GivenDockerfile given, bool writes)
    {
        var made = DockerfileFixer.Fix(given.Content);
        var left = Adviser.Review(made.Bytes);
        if (!writes)
            DiffOutput.Write(UnifiedDiff.Lines(made, given.ReportName));
        else if (made.IsChanged)
            given.Replace(made.Bytes);
        if (writes || !made.IsChanged)
            CommandLine.Warn($"{given.Name}: {(made.IsChanged ? $"{Terminal.TerminalReport.Count(made.Mended, "finding")} mended" : "there is nothing that is safe to change")}, {left.Advices.Count} left");
        return left;
    }
}
