using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>Judges a report by a policy. Pure: the same report, policy and moment give the same verdict.</summary>
public static class Gate
{
    /// <param name="asOf">The moment that exemptions, days of grace and the age of advisory data are held against.</param>
    public static Verdict Decide(ImageReport report, Policy policy, DateTimeOffset asOf)
    {
        var exempt = new ExemptionLedger(policy.Exemptions, asOf);
        var rules = new List<RuleResult>();
        rules.AddRange(LimitRules.Of(report, policy.Limits));
        if (policy.Vulnerabilities is { } vulnerabilities)
            rules.AddRange(new VulnerabilityRule(report, vulnerabilities, exempt, asOf).All());
        if (policy.FindingsFailOn is { } findingsFailOn)
            rules.Add(FindingRules.FailOn(report, findingsFailOn, exempt));
        if (policy.SecretsFailOn is { } secretsFailOn)
            rules.Add(SecretRule.Of(report, secretsFailOn, exempt));
        rules.AddRange(policy.Require.Select(id => FindingRules.Require(report, id, exempt)));
        return new Verdict(policy.Name, rules, exempt.Used);
    }
}
