namespace Plimsoll.Engine.Advisories.Records;

/// <summary>
/// What is kept of one record of a vulnerability database: an OSV record (OSV schema 1.x, ossf.github.io/osv-schema) without what neither
/// matching nor a line in a report needs, such as its details and references.
/// </summary>
/// <param name="Withdrawn">From then on it matches nothing; the record is kept all the same, so that what it once matched can be explained.</param>
/// <param name="Summary">One line, cut to <see cref="AdvisoryLimits.SummaryLength"/>; null where it has none.</param>
/// <param name="Aliases">Other names of the same problem: symmetric and transitive.</param>
/// <param name="Upstream">Records that this one follows from, such as the CVEs that a distribution's update mends: transitive, not symmetric.</param>
/// <param name="Related">
/// Similar records. They are never the same problem. Where an update of a distribution has no other field for the CVEs that it mends, they are
/// <paramref name="Upstream"/> as well.
/// </param>
/// <param name="Severities">In the record's order, those of the whole record only.</param>
/// <param name="Streams">The module streams that an update of an rpm distribution is for, by its summary: <c>nodejs:18</c>.</param>
/// <param name="IsReviewed">False for a record of the Go database that nobody has looked at: its ranges are a guess.</param>
public sealed record Advisory(
    string Id, DateTimeOffset Modified, DateTimeOffset? Published, DateTimeOffset? Withdrawn, string? Summary,
    IReadOnlyList<string> Aliases, IReadOnlyList<string> Upstream, IReadOnlyList<string> Related,
    IReadOnlyList<SeverityClaim> Severities, IReadOnlyList<AffectedPackage> Affected, IReadOnlyList<string> Streams, bool IsReviewed)
{
    public bool IsWithdrawn(DateTimeOffset asOf) => Withdrawn <= asOf;
}

/// <summary>How bad a record says that it is.</summary>
/// <param name="Type"><c>CVSS_V2</c>, <c>CVSS_V3</c>, <c>CVSS_V4</c>; for a word, who says it: <c>Ubuntu</c>, <c>urgency</c>, <c>severity</c>, <c>summary</c>.</param>
/// <param name="Score">A CVSS vector, or the word.</param>
public sealed record SeverityClaim(string Type, string Score);
