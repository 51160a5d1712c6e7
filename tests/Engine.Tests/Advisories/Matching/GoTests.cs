using Plimsoll.Engine.Advisories.Matching;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories.Matching;

public sealed class GoTests
{
    [Theory]
    [InlineData("v1.8.9", MatchOutcome.Affected)]
    [InlineData("v1.9.0", MatchOutcome.NotAffected)]
    [InlineData("v0.0.0-20231016150651-428517fef5b9", MatchOutcome.Affected)]
    public void Custom_ranges_stand_in_for_a_range_that_the_Go_tools_know_no_end_of(string version, MatchOutcome outcome) =>
        Assert.Equal(outcome, Matches.Of(Module("introduced 0", specific: $"\"custom_ranges\": [{OsvJson.Range("introduced 0, fixed 1.9.0")}]"), version).Outcome);

    [Theory]
    [InlineData("v1.0.0", MatchOutcome.Affected, "1.1.0")]
    [InlineData("v19.3.0", MatchOutcome.Affected, "19.3.1")]
    [InlineData("v19.3.1", MatchOutcome.NotAffected, null)]
    public void Custom_ranges_stand_beside_a_range_with_an_end(string version, MatchOutcome outcome, string? fixedIn)
    {
        var match = Matches.Of(Module("introduced 0, fixed 1.1.0", specific: $"\"custom_ranges\": [{OsvJson.Range("introduced 19.3.0, fixed 19.3.1")}]"), version);

        Assert.Equal((outcome, fixedIn), (match.Outcome, match.FixedIn));
    }

    [Theory]
    [InlineData("introduced 0", "UNREVIEWED", true)]
    [InlineData("introduced 0", "REVIEWED", false)]
    [InlineData("introduced 0, fixed 1.1.0", "UNREVIEWED", false)]
    public void A_record_that_nobody_reviewed_and_that_has_no_end_is_shown_apart(string events, string review, bool apart)
    {
        var advisory = Module(events, more: $$""" "database_specific": {"review_status": "{{review}}"}, """);

        Assert.Equal((MatchOutcome.Affected, apart), (Matches.Of(advisory, "v1.0.0").Outcome, Matches.Of(advisory, "v1.0.0").IsUnconfirmed));
        Assert.Equal(apart, Assert.Single(AdvisorySet.Of([advisory]).Match([Matches.Component("Go", "example.org/door", "v1.0.0")], Matches.Now).Vulnerabilities).IsUnconfirmed);
    }

    [Fact]
    public void An_explanation_names_the_Go_packages_that_must_be_in_the_program() => Assert.Equal(
        "only programs with example.org/door/a or example.org/door/b in them are affected",
        Matches.Of(Module("introduced 0", specific: """ "imports": [{"path": "example.org/door/a"}, {"path": "example.org/door/b"}] """), "v1.0.0").Explanation.Note);

    [Theory]
    [InlineData("1.21.3", MatchOutcome.Affected)]
    [InlineData("1.21rc2", MatchOutcome.Affected)]
    [InlineData("1.21.4", MatchOutcome.NotAffected)]
    [InlineData("1.22.1", MatchOutcome.NotAffected)]
    [InlineData("1.22rc1", MatchOutcome.Affected)]
    public void The_standard_library_has_the_versions_of_the_toolchain(string version, MatchOutcome outcome) =>
        Assert.Equal(outcome, Matches.Of(OsvJson.About("Go", "stdlib", "introduced 0, fixed 1.21.4, introduced 1.22.0-0, fixed 1.22.1", type: "SEMVER"), version).Outcome);

    static Advisory Module(string events, string specific = "", string more = "") =>
        OsvJson.About("Go", "example.org/door", events, more: more, type: "SEMVER", affected: $$""" "ecosystem_specific": {{{specific}}}, """);
}
