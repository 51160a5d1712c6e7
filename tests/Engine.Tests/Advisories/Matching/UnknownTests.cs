using Plimsoll.Engine.Advisories.Matching;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

/// <summary>What cannot be decided is said to be unknown, and never to be not affected.</summary>
public sealed class UnknownTests
{
    [Theory]
    [InlineData("")]
    [InlineData(""" "ranges": [], "versions": [] """)]
    [InlineData(""" "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}] """)]
    [InlineData(""" "ranges": [{"type": "KARMA", "events": [{"introduced": "0"}]}] """)]
    [InlineData(""" "ranges": [{"type": "ECOSYSTEM", "events": []}] """)]
    public void A_record_that_names_no_versions_is_unknown(string affected)
    {
        var match = Matches.Of(OsvJson.Record($$""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "PyPI", "name": "door"}{{(affected.Length > 0 ? "," : "")}} {{affected}}}] """), "1.0");

        Assert.Equal((MatchOutcome.Unknown, "the record names neither versions nor ranges of versions"), (match.Outcome, match.Explanation.Reason));
    }

    [Theory]
    [InlineData("PyPI", "", "the package has no version")]
    [InlineData("PyPI", "latest, I think", "\"latest, I think\" is not a version that pep440 knows")]
    [InlineData("Go", "(devel)", "\"(devel)\" is not a version that go knows")]
    [InlineData("Homebrew", "1.0", "nobody says how versions of Homebrew are ordered")]
    public void A_package_whose_version_says_nothing_is_unknown(string ecosystem, string version, string reason)
    {
        var match = Matches.Of(OsvJson.About(ecosystem, "door", "introduced 0, fixed 1.2.3"), version);

        Assert.Equal((MatchOutcome.Unknown, reason), (match.Outcome, match.Explanation.Reason));
    }

    [Fact]
    public void A_version_without_an_order_is_affected_where_the_record_names_it() => Assert.Equal(
        MatchOutcome.Affected, Matches.Of(OsvJson.About("Homebrew", "door", "introduced 0, fixed 1_2", affected: """ "versions": ["1_1"], """), "1_1").Outcome);

    [Fact]
    public void SemVer_is_known_in_an_ecosystem_that_is_not()
    {
        Assert.Equal((MatchOutcome.Affected, "1.2.3"), Matches.Of(OsvJson.About("DHI", "door", "introduced 0, fixed 1.2.3", type: "SEMVER"), "1.2.0") is var match ? (match.Outcome, match.FixedIn) : default);
        Assert.Equal(MatchOutcome.NotAffected, Matches.Of(OsvJson.About("DHI", "door", "introduced 0, fixed 1.2.3", type: "SEMVER"), "1.10.0").Outcome);
    }

    [Fact]
    public void The_unknown_and_the_uncovered_are_counted()
    {
        var set = AdvisorySet.Of([OsvJson.About("PyPI", "door", "introduced 0, fixed 1.2.3")]);

        var inventory = set.Match([Matches.Component("PyPI", "door", "?"), Matches.Component("PyPI", "door", "1.0"), Matches.Component(null, "door", "1.0"), Matches.Component("PyPI", "wall", "1.0")], Matches.Now);

        Assert.Equal(("1.0", "?", "1.0"), (Assert.Single(inventory.Vulnerabilities).Component.Version, Assert.Single(inventory.Unknown).Component.Version, Assert.Single(inventory.Uncovered).Version));
    }
}
