using Plimsoll.Engine.Advisories.Matching;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

public sealed class RecordStateTests
{
    [Theory]
    [InlineData("2026-05-31T23:59:59Z", MatchOutcome.NotAffected)]
    [InlineData("2026-06-01T00:00:00Z", MatchOutcome.NotAffected)]
    [InlineData("2026-06-01T00:00:01Z", MatchOutcome.Affected)]
    public void A_record_matches_nothing_once_it_is_withdrawn(string withdrawn, MatchOutcome outcome) =>
        Assert.Equal(outcome, Matches.Of(OsvJson.About("PyPI", "door", "introduced 0", more: $"\"withdrawn\": \"{withdrawn}\","), "1.0").Outcome);

    [Theory]
    [InlineData("ALBA-2026:1", "the record is an update that mends bugs, and no vulnerability")]
    [InlineData("ALEA-2026:1", "the record is an update that brings something new, and no vulnerability")]
    public void An_update_that_mends_no_vulnerability_is_none(string id, string reason)
    {
        var match = Matches.Of(OsvJson.About("AlmaLinux:9", "door", "introduced 0, fixed 2-1.el9", id), "1-1.el9");

        Assert.Equal((MatchOutcome.NotAffected, reason), (match.Outcome, match.Explanation.Reason));
        Assert.Equal(MatchOutcome.Affected, Matches.Of(OsvJson.About("AlmaLinux:9", "door", "introduced 0, fixed 2-1.el9", "ALSA-2026:1"), "1-1.el9").Outcome);
    }

    [Fact]
    public void Of_records_with_one_id_the_last_modified_counts_wherever_it_comes()
    {
        var (old, young) = (OsvJson.About("PyPI", "door", "introduced 0"), OsvJson.About("PyPI", "door", "introduced 0, fixed 1.0") with { Modified = Matches.Now });

        Assert.All([[old, young], new[] { young, old }], records =>
            Assert.Equal(MatchOutcome.NotAffected, Assert.Single(AdvisorySet.Of(records).Match(Matches.Component("PyPI", "door", "1.0"), Matches.Now)).Outcome));
    }

    [Fact]
    public void A_problem_is_one_row_however_many_records_are_about_it()
    {
        var set = AdvisorySet.Of([
            OsvJson.About("PyPI", "door", "introduced 0", "PYSEC-1", """ "aliases": ["CVE-2026-1"], "database_specific": {"severity": "low"}, """),
            OsvJson.About("PyPI", "door", "introduced 0, fixed 2.0", "GHSA-x", """ "aliases": ["CVE-2026-1"], "database_specific": {"severity": "high"}, """),
            OsvJson.About("PyPI", "door", "introduced 0, fixed 1.5", "PYSEC-2", """ "upstream": ["CVE-2026-1"], "related": ["GHSA-x"], """)]);

        var rows = set.Match([Matches.Component("PyPI", "door", "1.0"), Matches.Component("PyPI", "door", "1.0")], Matches.Now).Vulnerabilities;

        Assert.Equal(["CVE-2026-1", "PYSEC-2"], rows.Select(row => row.Id));
        Assert.Equal((Plimsoll.Engine.Reports.Severity.High, "2.0"), (rows[0].Severity, rows[0].FixedIn));
        Assert.Equal(["CVE-2026-1", "GHSA-x", "PYSEC-1"], rows[0].Names);
        Assert.Equal(["PYSEC-2", "CVE-2026-1", "GHSA-x", "PYSEC-1"], rows[1].Names);
        Assert.Equal(["GHSA-x", "PYSEC-1"], rows[0].Matches.Select(match => match.Advisory.Id));
    }
}
