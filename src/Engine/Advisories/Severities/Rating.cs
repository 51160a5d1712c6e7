using Plimsoll.Engine.Advisories.Records;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Advisories.Severities;

/// <summary>How bad a problem is for a package, and by whose word.</summary>
/// <param name="Severity">Null where nobody says: it is unknown, and not harmless.</param>
/// <param name="Score">0.0 to 10.0; null where there is only a word.</param>
/// <param name="Basis">The vector, or the word and who says it; null where there is none.</param>
public sealed record Rating(Severity? Severity, decimal? Score, string? Basis)
{
    public static Rating Unknown { get; } = new(null, null, null);

    /// <summary>
    /// What is said of the package before what is said of the record; a vector of the newest CVSS before older ones, and a word only where no
    /// vector can be read.
    /// </summary>
    public static Rating Of(Advisory advisory, AffectedPackage? affected) => Of(affected?.Severities ?? []) ?? Of(advisory.Severities) ?? Unknown;

    static Rating? Of(IReadOnlyList<SeverityClaim> claims) =>
        claims.Where(IsVector).Select(claim => (claim.Score, Cvss: CvssScore.Of(claim.Score))).Where(scored => scored.Cvss is not null)
            .OrderByDescending(scored => scored.Cvss!.Version, StringComparer.Ordinal)
            .Select(scored => new Rating(scored.Cvss!.Severity, scored.Cvss.Value, scored.Score)).FirstOrDefault()
        ?? claims.Where(claim => !IsVector(claim)).Select(claim => new Rating(WordOf(claim.Score), null, $"{claim.Type}: {claim.Score}"))
            .FirstOrDefault(rating => rating.Severity is not null);

    internal static bool IsVector(SeverityClaim claim) => claim.Type.StartsWith("CVSS_", StringComparison.Ordinal);

    /// <summary>The words of distributions and databases; null for those that say that nobody has looked yet.</summary>
    internal static Severity? WordOf(string word) => word.TrimEnd('*').ToLowerInvariant() switch
    {
        "critical" => Reports.Severity.Critical,
        "high" or "important" => Reports.Severity.High,
        "medium" or "moderate" => Reports.Severity.Medium,
        "low" => Reports.Severity.Low,
        // Debian and Ubuntu look and find it harmless.
        "negligible" or "unimportant" or "none" or "informational" => Reports.Severity.Info,
        _ => null,
    };
}
