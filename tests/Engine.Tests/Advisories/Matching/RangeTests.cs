using Plimsoll.Engine.Advisories.Matching;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

/// <summary>The evaluation that the OSV schema describes, and the traps in it.</summary>
public sealed class RangeTests
{
    [Theory]
    [InlineData("introduced 0, fixed 1.2.3", "1.2.2", MatchOutcome.Affected, "1.2.3", "1.2.2 is before 1.2.3, which fixes it")]
    [InlineData("introduced 0, fixed 1.2.3", "1.2.3", MatchOutcome.NotAffected, null, "1.2.3 is not before 1.2.3, which fixed it")]
    [InlineData("introduced 0, fixed 1.2.3", "1.2.3-rc.1", MatchOutcome.Affected, "1.2.3", "1.2.3-rc.1 is before 1.2.3, which fixes it")]
    [InlineData("introduced 0", "0.0.0-0", MatchOutcome.Affected, null, "0.0.0-0 is not before 0, and nothing has fixed it since")]
    [InlineData("introduced 1.0.0, fixed 2.0.0", "0.9.0", MatchOutcome.NotAffected, null, "0.9.0 is before 1.0.0, which introduced it")]
    [InlineData("introduced 1.0.0, last_affected 1.5.0", "1.5.0", MatchOutcome.Affected, null, "1.5.0 is not after 1.5.0, the last that is known to be affected")]
    [InlineData("introduced 1.0.0, last_affected 1.5.0", "1.5.1", MatchOutcome.NotAffected, null, "1.5.1 is after 1.5.0, the last that is affected")]
    // The events of a record come in any order.
    [InlineData("fixed 1.2.3, introduced 2.0.0, introduced 0, fixed 2.1.0", "2.0.5", MatchOutcome.Affected, "2.1.0", "2.0.5 is before 2.1.0, which fixes it")]
    [InlineData("fixed 1.2.3, introduced 2.0.0, introduced 0, fixed 2.1.0", "1.5.0", MatchOutcome.NotAffected, null, "1.5.0 is not before 1.2.3, which fixed it")]
    [InlineData("fixed 1.2.3, introduced 2.0.0, introduced 0, fixed 2.1.0", "1.0.0", MatchOutcome.Affected, "1.2.3", "1.0.0 is before 1.2.3, which fixes it")]
    // At one version it is introduced first, whatever comes first in the record.
    [InlineData("fixed 1.0.0, introduced 1.0.0", "1.0.0", MatchOutcome.NotAffected, null, "1.0.0 is not before 1.0.0, which fixed it")]
    // Unless it was there before: then one branch ends where the next begins.
    [InlineData("introduced 0, fixed 1.0.0, introduced 1.0.0, fixed 2.0.0", "1.0.0", MatchOutcome.Affected, "2.0.0", "1.0.0 is before 2.0.0, which fixes it")]
    [InlineData("introduced 0, fixed 1.0.0, introduced 1.0.0, fixed 2.0.0", "0.9.0", MatchOutcome.Affected, "2.0.0", "0.9.0 is before 2.0.0, which fixes it")]
    [InlineData("introduced 0, fixed 1.0.0, introduced 1.0.0, fixed 2.0.0", "2.0.0", MatchOutcome.NotAffected, null, "2.0.0 is not before 2.0.0, which fixed it")]
    [InlineData("last_affected 1.0.0, introduced 1.0.0", "1.0.0", MatchOutcome.Affected, null, "1.0.0 is not after 1.0.0, the last that is known to be affected")]
    [InlineData("introduced 1.0.0, introduced 2.0.0, fixed 3.0.0", "1.5.0", MatchOutcome.Affected, "3.0.0", "1.5.0 is before 3.0.0, which fixes it")]
    // A fix of a later branch is none of this one.
    [InlineData("introduced 1.0.0, last_affected 1.9.0, introduced 2.0.0, fixed 2.3.0", "1.5.0", MatchOutcome.Affected, null, "1.5.0 is not after 1.9.0, the last that is known to be affected")]
    [InlineData("introduced 0, limit 2.0.0", "2.0.0", MatchOutcome.NotAffected, null, "2.0.0 is not below the limit 2.0.0")]
    [InlineData("introduced 0, limit 1.0.0, limit 3.0.0", "2.0.0", MatchOutcome.Affected, null, "2.0.0 is not before 0, and nothing has fixed it since")]
    [InlineData("introduced 0, limit *", "9.0.0", MatchOutcome.Affected, null, "9.0.0 is not before 0, and nothing has fixed it since")]
    [InlineData("introduced 0, fixed 0", "1.0.0", MatchOutcome.NotAffected, null, "1.0.0 is not before 0, which fixed it")]
    [InlineData("fixed 1.2.3", "1.0.0", MatchOutcome.Unknown, null, "its range does not say where it begins")]
    [InlineData("introduced 0, fixed soon", "1.0.0", MatchOutcome.Unknown, null, "\"soon\" of its range is not a version that semver knows")]
    [InlineData("introduced 0, fixed *", "1.0.0", MatchOutcome.Unknown, null, "\"*\" of its range is not a version that semver knows")]
    public void A_range_is_walked_in_the_order_of_versions(string events, string version, MatchOutcome outcome, string? fixedIn, string reason)
    {
        var match = Matches.Of(OsvJson.About("npm", "door", events, type: "SEMVER"), version);

        Assert.Equal((outcome, fixedIn, reason), (match.Outcome, match.FixedIn, match.Explanation.Reason));
    }

    [Fact]
    public void An_explanation_names_the_record_the_range_both_versions_and_the_order()
    {
        var match = Matches.Of(OsvJson.About("Debian:12", "openssl", "introduced 0, fixed 3.0.11-1~deb12u2"), Matches.Component("Debian:12", "libssl3", "3.0.11-1~deb12u1+b1", "openssl", "3.0.11-1~deb12u1"));

        Assert.Equal(MatchOutcome.Affected, match.Outcome);
        var why = match.Explanation;
        Assert.Equal(("EX-1", "Debian:12", "openssl", "3.0.11-1~deb12u1", "dpkg"), (match.Advisory.Id, why.Ecosystem, why.Name, why.Version, why.Order));
        Assert.Equal(("introduced 0, fixed 3.0.11-1~deb12u2", "fixed 3.0.11-1~deb12u2"), (why.Range!.ToString(), why.Event.ToString()));
        Assert.Equal("libssl3 3.0.11-1~deb12u1+b1 is built from it", why.Note);
    }

    [Fact]
    public void Any_of_several_ranges_is_enough()
    {
        var advisory = OsvJson.Record($$""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "npm", "name": "door"}, "ranges": [{{OsvJson.Range("introduced 1.0.0, fixed soon")}}, {{OsvJson.Range("introduced 0, fixed 1.2.3")}}]}] """);

        Assert.Equal((MatchOutcome.Affected, "1.2.3"), (Matches.Of(advisory, "1.0.0").Outcome, Matches.Of(advisory, "1.0.0").FixedIn));
        // One range says no and the other cannot be read: nobody knows.
        Assert.Equal(MatchOutcome.Unknown, Matches.Of(advisory, "1.5.0").Outcome);
    }

    [Fact]
    public void A_package_that_a_record_names_twice_is_affected_by_either()
    {
        var advisory = OsvJson.Record($$"""
            "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [
                {"package": {"ecosystem": "npm", "name": "door"}, "ranges": [{{OsvJson.Range("introduced 1.0.0, fixed 1.2.3")}}]},
                {"package": {"ecosystem": "npm", "name": "door"}, "ranges": [{{OsvJson.Range("introduced 2.0.0, fixed 2.1.0")}}]}]
            """);

        Assert.Equal("2.1.0", Matches.Of(advisory, "2.0.0").FixedIn);
        Assert.Equal("1.2.3", Matches.Of(advisory, "1.2.0").FixedIn);
        Assert.Equal(MatchOutcome.NotAffected, Matches.Of(advisory, "1.3.0").Outcome);
    }

    [Fact]
    public void Ranges_of_commits_are_skipped_and_not_stopped_at()
    {
        var advisory = OsvJson.Record($$""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "PyPI", "name": "door"}, "ranges": [{{OsvJson.Range("introduced 0, fixed abc", "GIT")}}, {{OsvJson.Range("introduced 0, fixed 1.2.3")}}]}] """);

        Assert.Equal(MatchOutcome.Affected, Matches.Of(advisory, "1.0").Outcome);
        Assert.Equal(MatchOutcome.NotAffected, Matches.Of(advisory, "2.0").Outcome);
    }

    [Fact]
    public void An_order_that_goes_in_circles_is_walked_without_an_exception()
    {
        // By Maven, 1 is before 1.x.2, that is before 1-alpha, and that is before 1.
        var events = string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"{(i % 2 == 0 ? "introduced" : "fixed")} {new[] { "1", "1.x.2", "1-alpha" }[i * 7 % 3]}"));

        Assert.All(["1", "1.x.2", "1-alpha", "0.1", "2"], version => Assert.NotEqual(MatchOutcome.Unknown, Matches.Of(OsvJson.About("Maven", "org.door:hinge", events), version).Outcome));
    }

    [Theory]
    [InlineData("PyPI", "1.0.0", "is one of the versions that the record names, as 1.0")]
    [InlineData("PyPI", "1.0", "is one of the versions that the record names")]
    [InlineData("PyPI", "2.0.0.RC1", "is one of the versions that the record names, as 2.0rc1")]
    public void A_version_that_the_record_names_is_affected_in_any_spelling(string ecosystem, string version, string reason)
    {
        var match = Matches.Of(OsvJson.About(ecosystem, "door", "introduced 0.1, fixed 0.2", affected: """ "versions": ["1.0", "2.0rc1"], """), version);

        Assert.Equal((MatchOutcome.Affected, $"{version} {reason}"), (match.Outcome, match.Explanation.Reason));
    }

    [Fact]
    public void A_version_that_the_record_does_not_name_is_not_affected()
    {
        var match = Matches.Of(OsvJson.Record(""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package": {"ecosystem": "PyPI", "name": "door"}, "versions": ["1.0"]}] """), "1.1");

        Assert.Equal((MatchOutcome.NotAffected, "1.1 is none of the versions that the record names"), (match.Outcome, match.Explanation.Reason));
    }
}
