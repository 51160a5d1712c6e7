using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>
/// The score of a CVSS vector (FIRST, "CVSS Specification Document" of each version): the base score of 2.0, 3.0 and 3.1, which have others
/// beside it, and the one score of 4.0, with what the vector says of threats and environment. The sums are exact: decimal, never binary, fractions.
/// </summary>
/// <param name="Version"><c>2.0</c>, <c>3.0</c>, <c>3.1</c> or <c>4.0</c>.</param>
/// <param name="Value">0.0 to 10.0 with one digit.</param>
public sealed record CvssScore(string Version, decimal Value)
{
    /// <summary>Null for what is no vector: a metric or value that the version does not have, one given twice, a base metric that is missing.</summary>
    public static CvssScore? Of(string vector)
    {
        if (vector.StartsWith("CVSS:4.0/", StringComparison.Ordinal))
            return Cvss4.Metrics.Parse(vector["CVSS:4.0/".Length..]) is { } four ? new("4.0", Cvss4.Score(four)) : null;
        if (vector.StartsWith("CVSS:3.1/", StringComparison.Ordinal))
            return Cvss3.Metrics.Parse(vector["CVSS:3.1/".Length..]) is { } three ? new("3.1", Cvss3.Base(three, Cvss3.RoundUp31)) : null;
        if (vector.StartsWith("CVSS:3.0/", StringComparison.Ordinal))
            return Cvss3.Metrics.Parse(vector["CVSS:3.0/".Length..]) is { } three ? new("3.0", Cvss3.Base(three, Cvss3.RoundUp30)) : null;
        // Version 2 has no prefix, and is often written in parentheses.
        return Cvss2.Metrics.Parse(vector.TrimStart('(').TrimEnd(')')) is { } two ? new("2.0", Cvss2.Base(two)) : null;
    }

    /// <summary>By the scale of 3.0 and later; 2.0 has none of its own that names the critical.</summary>
    public Severity Severity => Value switch { >= 9.0m => Severity.Critical, >= 7.0m => Severity.High, >= 4.0m => Severity.Medium, > 0m => Severity.Low, _ => Severity.Info };
}
