using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using Plimsoll.Engine.Vex;
using static Plimsoll.Engine.Tests.Samples.SampleReport;

namespace Plimsoll.Engine.Tests.Gates;

public sealed class VexRuleTests
{
    static VulnerabilityReport Stated(VexStatus? status, string id = "CVE-2026-1") => Vulnerability(Severity.High, id, exploited: true) with
    {
        Vex = new VexReport(status, null, "because", id, "pkg:deb/debian/openssl", "https://vex.example/1", "team-a", Now, []),
    };

    static RuleResult Only(ImageReport report, string rules)
    {
        var reading = PolicyReader.Read($"name: test\nvulnerabilities: {{ {rules} }}\n", new HashSet<string>());
        Assert.Empty(reading.Problems);
        return Assert.Single(Gate.Decide(report, reading.Policy!, Now).Rules);
    }

    [Theory]
    [InlineData(VexStatus.NotAffected, Outcome.Pass, "no vulnerabilities (1 not affected by VEX)", "none is known to be exploited (1 not affected by VEX)")]
    [InlineData(VexStatus.Fixed, Outcome.Pass, "no vulnerabilities (1 fixed by VEX)", "none is known to be exploited (1 fixed by VEX)")]
    [InlineData(VexStatus.UnderInvestigation, Outcome.Fail, "1 at or above", "1 known to be exploited")]
    [InlineData(VexStatus.Affected, Outcome.Fail, "1 at or above", "1 known to be exploited")]
    [InlineData(null, Outcome.Fail, "1 at or above", "1 known to be exploited")]
    public void What_is_stated_to_do_no_harm_fails_no_rule_and_is_counted(VexStatus? status, Outcome outcome, string reached, string exploited)
    {
        var report = With([Stated(status)]);
        Assert.Equal((outcome, reached), Only(report, "failOn: high") is var bad ? (bad.Outcome, bad.Actual) : default);
        Assert.Equal((outcome, exploited), Only(report, "failOnKnownExploited: true") is var attacked ? (attacked.Outcome, attacked.Actual) : default);
        Assert.Equal((Outcome.Fail, "1 at or above"), Only(report, "failOn: high, ignoreVex: true") is var ignored ? (ignored.Outcome, ignored.Actual) : default);
        Assert.Equal((Outcome.Fail, "1 known to be exploited"), Only(report, "failOnKnownExploited: true, ignoreVex: true") is var still ? (still.Outcome, still.Actual) : default);
    }

    [Fact]
    public void The_others_are_judged_as_ever()
    {
        var rule = Only(With([Stated(VexStatus.NotAffected), Stated(VexStatus.Fixed, "CVE-2026-2"), Stated(VexStatus.NotAffected, "CVE-2026-3"), Vulnerability(Severity.High, "CVE-2026-4")]), "failOn: high");
        Assert.Equal((Outcome.Fail, "1 at or above (2 not affected by VEX, 1 fixed by VEX)", "update openssl to 3.0.8"), (rule.Outcome, rule.Actual, rule.Advice));
    }

    [Fact]
    public void A_record_that_cannot_be_decided_need_not_be_where_it_does_no_harm()
    {
        UndecidedAdvisory[] undecided = [new("CVE-2026-7", Severity.High, "pkg:pypi/flask@x", "because") { Vex = Stated(VexStatus.NotAffected).Vex }];
        Assert.Equal(Outcome.Pass, Only(With([], undecided: undecided), "failOn: high").Outcome);
        Assert.Equal(Outcome.Undecided, Only(With([], undecided: undecided), "failOn: high, ignoreVex: true").Outcome);
    }
}
