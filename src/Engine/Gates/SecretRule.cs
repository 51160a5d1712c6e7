using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>The rule on secrets. It speaks of what is searched: the environment, the history and the files of every layer.</summary>
internal static class SecretRule
{
    public static RuleResult Of(ImageReport report, Severity limit, ExemptionLedger exempt)
    {
        var bad = report.Secrets.Where(secret => secret.Severity >= limit && !exempt.Covers(secret.Rule, secret.Location)).ToList();
        var word = limit == Severity.Info ? "any" : FindingRules.Word(limit);
        return new RuleResult("secrets.failOn", word, $"{bad.Count} in environment, history and files", bad.Count == 0 ? Outcome.Pass : Outcome.Fail,
            bad.Count == 0 ? null
                : $"take {FindingRules.Names(bad.Select(secret => secret.Location))} out, give it at run time, and replace the value: it is known to all who have the image"
                    + exempt.Expired(bad.Select(secret => secret.Rule)));
    }
}
