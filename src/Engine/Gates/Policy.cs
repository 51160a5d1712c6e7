using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Gates;

/// <summary>What a team lets an image be. Every section may be left out; what is left out is not judged.</summary>
/// <param name="Require">Ids of checks that must hold whatever their severity.</param>
public sealed record Policy(
    string Name,
    PolicyLimits Limits,
    VulnerabilityRules? Vulnerabilities,
    Severity? FindingsFailOn,
    Severity? SecretsFailOn,
    IReadOnlyList<string> Require,
    IReadOnlyList<Exemption> Exemptions);

/// <summary>Limits on the image itself; null: none.</summary>
/// <param name="Size">Uncompressed bytes.</param>
/// <param name="Efficiency">The least, from 0 to 1: 1 − reclaimable bytes ÷ size.</param>
/// <param name="Waste">Reclaimable bytes.</param>
public sealed record PolicyLimits(long? Size, int? Layers, double? Efficiency, long? Waste);

/// <param name="OnlyFixable">Whether a vulnerability without a fixed version is let through.</param>
/// <param name="GraceDays">Days that a vulnerability may be known before it counts.</param>
/// <param name="MaxDataAge">How old the advisory data may be.</param>
/// <param name="WhenNoData">What to say when there is no advisory data; null: undecided. Given alone, it asks for nothing but that there is data.</param>
public sealed record VulnerabilityRules(
    Severity? FailOn, bool OnlyFixable, int GraceDays, bool FailOnKnownExploited, TimeSpan? MaxDataAge, Outcome? WhenNoData)
{
    /// <summary>Whether a vulnerability is judged whatever supplier or team state of it (VEX).</summary>
    public bool IgnoreVex { get; init; }
}

/// <summary>Something that must not fail the image, for a reason, until a day.</summary>
/// <param name="Id">Of a check or an advisory.</param>
/// <param name="Package">The start of a package URL; null: any package.</param>
/// <param name="Until">The last day (UTC) on which it holds.</param>
public sealed record Exemption(string Id, string? Package, string Reason, string Owner, DateOnly Until)
{
    /// <summary>An expired exemption no longer exempts.</summary>
    public bool HoldsAt(DateTimeOffset asOf) => DateOnly.FromDateTime(asOf.UtcDateTime) <= Until;
}

/// <summary>A policy, or everything that keeps the text from being one.</summary>
public sealed record PolicyReading(Policy? Policy, IReadOnlyList<PolicyProblem> Problems);

/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public sealed record PolicyProblem(int Line, int Column, string Message);
