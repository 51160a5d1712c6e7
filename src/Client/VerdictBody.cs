using Plimsoll.Engine.Gates;

namespace Plimsoll.Client;

/// <summary>Whether an image, or each of its platforms, passes a policy.</summary>
/// <param name="Outcome"><c>Pass</c>, <c>Fail</c> or <c>Undecided</c>; fails when one platform does.</param>
/// <param name="Reason">Why it is undecided: <c>not-inspected</c>, <c>inspecting</c>, <c>inspection-failed</c>, <c>no-advisory-data</c>, <c>advisory-data-too-old</c>.</param>
/// <param name="Revision">Of the policy; 0 for one that was sent along.</param>
public sealed record VerdictBody(string Image, string Outcome, string? Reason, string Policy, int Revision, IReadOnlyList<PlatformVerdictBody> Platforms);

/// <param name="Rules">Each with its limit, what was measured, and what would make it pass.</param>
/// <param name="Vulnerabilities">Whatever the policy asks; null without advisory data.</param>
/// <param name="AdvisoriesAsOf">When the oldest of the advisories that count for the image was last known to be what its source has; null without advisory data.</param>
public sealed record PlatformVerdictBody(
    string Digest, string Platform, string Outcome, string? Reason, IReadOnlyList<RuleResult> Rules, IReadOnlyList<UsedExemption> Exemptions,
    VulnerabilityCountsBody? Vulnerabilities = null, DateTimeOffset? AdvisoriesAsOf = null);

/// <summary>How many vulnerabilities an image has, each in each package, without those that nobody has reviewed.</summary>
/// <param name="Low">Those below are among them.</param>
/// <param name="Unknown">Those that nobody rated.</param>
/// <param name="Fixable">Those that a later version does not have, whatever their severity.</param>
/// <param name="FromBase">Those of packages that the base image brought, whatever their severity; null where that is not known.</param>
public sealed record VulnerabilityCountsBody(int Critical, int High, int Medium, int Low, int Unknown, int Fixable, int? FromBase = null);

/// <summary>A question with a policy of its own.</summary>
/// <param name="Policy">YAML or JSON as text.</param>
public sealed record VerdictRequestBody(string Image, string Policy, IReadOnlyList<string>? Platforms = null);

/// <summary>A policy in a list.</summary>
public sealed record PolicyBody(string Name, int Revision, string Author, DateTimeOffset CreatedAt, string Text);

/// <summary>A token in a list: never the token itself.</summary>
public sealed record TokenBody(Guid Id, string Name, string Scope, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <param name="Scope"><c>read</c>, <c>submit</c> or <c>admin</c>; each includes the one before it.</param>
/// <param name="Days">Until it expires; null: never.</param>
public sealed record NewTokenBody(string Name, string Scope, int? Days = null);

/// <summary>A token that was just made: the one time that it is shown.</summary>
public sealed record MadeTokenBody(Guid Id, string Name, string Scope, DateTimeOffset? ExpiresAt, string Token);
