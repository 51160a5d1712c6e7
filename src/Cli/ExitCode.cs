using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>What the process says to the shell. The worst thing that happened wins. The numbers never change their meaning.</summary>
internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int NotInspected = 2;
    public const int Undecided = 3;

    /// <summary>EX_USAGE of sysexits.h.</summary>
    public const int Usage = 64;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Interrupted = 130;

    public static IReadOnlyList<(int Code, string Meaning)> All { get; } =
    [
        (Passed, "inspected, and passed (or there was no policy); no finding in a Dockerfile is as bad as --fail-on says or worse"),
        (Failed, "the verdict is Fail, or a finding in a Dockerfile is as bad as --fail-on says or worse"),
        (NotInspected, "an image could not be inspected, a Dockerfile not read, the report not written, advisories not brought, or the server or the cluster not asked"),
        (Undecided, "the verdict is Undecided: the policy asks for something that is not known"),
        (Usage, "wrong usage, or a policy that cannot be read"),
        (Interrupted, "interrupted (Ctrl-C)"),
    ];

    /// <summary>Of a verdict alone.</summary>
    public static int Of(Outcome outcome) => outcome switch { Outcome.Pass => Passed, Outcome.Fail => Failed, _ => Undecided };

    public static int Of(Report report)
    {
        if (report.Failures.Count > 0)
            return NotInspected;
        var outcomes = report.Images.Select(image => image.Verdict?.Outcome).ToList();
        return outcomes.Contains(Outcome.Fail) ? Failed : outcomes.Contains(Outcome.Undecided) ? Undecided : Passed;
    }
}
