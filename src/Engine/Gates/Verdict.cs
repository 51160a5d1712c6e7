using System.Text.Json.Serialization;

namespace Plimsoll.Engine.Gates;

/// <summary>What a policy says of an image. Undecided is neither of the others.</summary>
public enum Outcome { Pass, Undecided, Fail }

/// <summary>Pass or fail against a policy, each rule explained.</summary>
public sealed record Verdict(string Policy, IReadOnlyList<RuleResult> Rules, IReadOnlyList<UsedExemption> Exemptions)
{
    /// <summary>Fail if a rule fails, else Undecided if one is undecided, else Pass.</summary>
    [JsonPropertyOrder(-2)]
    public Outcome Outcome => Rules.Select(rule => rule.Outcome).DefaultIfEmpty(Outcome.Pass).Max();

    /// <summary>Why it is undecided, such as <c>no-advisory-data</c>; null otherwise.</summary>
    [JsonPropertyOrder(-1)]
    public string? Reason => Outcome is Outcome.Undecided ? Rules.First(rule => rule.Outcome is Outcome.Undecided).Reason : null;
}

/// <param name="Rule">The rule's place in the policy, such as <c>limits.size</c> or <c>require.healthcheck</c>.</param>
/// <param name="Limit">As the policy writes it.</param>
/// <param name="Actual">What was measured.</param>
/// <param name="Advice">What would make it pass; null when it does.</param>
/// <param name="Reason">Why it is undecided; null otherwise.</param>
public sealed record RuleResult(string Rule, string Limit, string Actual, Outcome Outcome, string? Advice, string? Reason = null);

/// <summary>An exemption that kept something from failing the image.</summary>
public sealed record UsedExemption(string Id, string? Package, string Reason, string Owner, DateOnly Until, string Exempted);
