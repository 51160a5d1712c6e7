using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>The rules on findings. A finding at the limit fails.</summary>
internal static class FindingRules
{
    public static RuleResult FailOn(ImageReport report, Severity limit, ExemptionLedger exempt)
    {
        var reached = report.Findings.Where(finding => finding.Severity >= limit).ToList();
        var bad = reached.Where(finding => !exempt.Covers(finding.Check, finding.Check)).ToList();
        var worst = report.Findings.Count == 0 ? "no findings" : $"worst is {Word(report.Findings.Max(finding => finding.Severity))}"
            + (reached.Count == 0 ? "" : $", {reached.Count} at or above exempt");
        return new RuleResult("findings.failOn", Word(limit), bad.Count == 0 ? worst : $"{bad.Count} at or above", bad.Count == 0 ? Outcome.Pass : Outcome.Fail,
            bad.Count == 0 ? null : $"mend {Names(bad.Select(finding => finding.Check))}{exempt.Expired(bad.Select(finding => finding.Check))}");
    }

    public static RuleResult Require(ImageReport report, string id, ExemptionLedger exempt)
    {
        var broken = report.Findings.Where(finding => finding.Check == id).ToList();
        var holds = broken.Count == 0 || exempt.Covers(id, id);
        return new RuleResult($"require.{id}", "holds", broken.Count == 0 ? "holds" : holds ? "exempt" : broken[0].Evidence,
            holds ? Outcome.Pass : Outcome.Fail, holds ? null : broken[0].Remedy + exempt.Expired([id]));
    }

    internal static string Word(Severity severity) => Enum.IsDefined(severity) ? severity.ToString().ToLowerInvariant() : "never";

    internal static string Names(IEnumerable<string> ids)
    {
        var distinct = ids.Distinct().ToList();
        return string.Join(", ", distinct.Take(6)) + (distinct.Count > 6 ? $" and {distinct.Count - 6} more" : "");
    }
}
