using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Cli;

/// <summary>What the process says to the shell. The worst thing that happened wins.</summary>
internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int NotInspected = 2;
    public const int Undecided = 3;
    public const int Usage = 64;

    public static int Of(Report report)
    {
        if (report.Failures.Count > 0)
            return NotInspected;
        var outcomes = report.Images.Select(image => image.Verdict?.Outcome).ToList();
        return outcomes.Contains(Outcome.Fail) ? Failed : outcomes.Contains(Outcome.Undecided) ? Undecided : Passed;
    }
}
