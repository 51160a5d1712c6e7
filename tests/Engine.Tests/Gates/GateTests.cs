using Plimsoll.Engine.Gates;
using Plimsoll.Engine.Reports;
using static Plimsoll.Engine.Tests.Samples.SampleReport;

namespace Plimsoll.Engine.Tests.Gates;

public sealed class GateTests
{
    static Verdict Decide(ImageReport report, string policy)
    {
        var reading = PolicyReader.Read("name: test\n" + policy, new HashSet<string> { "non-root-user", "healthcheck", "setuid-setgid" });
        Assert.Empty(reading.Problems);
        return Gate.Decide(report, reading.Policy!, Now);
    }

    static RuleResult Only(ImageReport report, string policy) => Assert.Single(Decide(report, policy).Rules);

    [Theory]
    [InlineData("limits: { size: 999 }", Outcome.Fail)]
    [InlineData("limits: { size: 1000 }", Outcome.Pass)]
    [InlineData("limits: { size: 1KiB }", Outcome.Pass)]
    [InlineData("limits: { layers: 1 }", Outcome.Fail)]
    [InlineData("limits: { layers: 2 }", Outcome.Pass)]
    [InlineData("limits: { waste: 99 }", Outcome.Fail)]
    [InlineData("limits: { waste: 100 }", Outcome.Pass)]
    [InlineData("limits: { efficiency: 0.91 }", Outcome.Fail)]
    [InlineData("limits: { efficiency: 0.90 }", Outcome.Pass)]
    [InlineData("limits: { efficiency: 90% }", Outcome.Pass)]
    public void A_value_at_its_limit_passes_and_past_it_fails(string policy, Outcome outcome)
    {
        var rule = Only(Of(size: 1000, layers: 2, waste: 100), policy);
        Assert.Equal(outcome, rule.Outcome);
        Assert.Equal(outcome == Outcome.Fail, rule.Advice is not null);
    }

    [Theory]
    [InlineData(34, "0.66")]
    [InlineData(33, "0.67")]
    [InlineData(55, "0.45")]
    [InlineData(80, "0.2")]
    [InlineData(100, "0")]
    [InlineData(0, "1")]
    public void Efficiency_is_compared_in_whole_bytes(long waste, string limit)
    {
        Assert.Equal(Outcome.Pass, Only(Of(size: 100, waste: waste), $"limits: {{ efficiency: {limit} }}").Outcome);
        Assert.Equal(waste == 100 ? Outcome.Pass : Outcome.Fail, Only(Of(size: 100, waste: Math.Min(100, waste + 1)), $"limits: {{ efficiency: {limit} }}").Outcome);
    }

    [Fact]
    public void What_the_advice_on_efficiency_reclaims_is_enough_and_not_a_byte_too_much()
    {
        Assert.StartsWith("reclaim 53 B", Only(Of(size: 1000, waste: 100), "limits: { efficiency: 0.95 }").Advice);
        Assert.Equal(Outcome.Pass, Only(Of(size: 1000 - 53, waste: 100 - 53), "limits: { efficiency: 0.95 }").Outcome);
        Assert.Equal(Outcome.Fail, Only(Of(size: 1000 - 52, waste: 100 - 52), "limits: { efficiency: 0.95 }").Outcome);
    }

    [Fact]
    public void A_failed_limit_says_how_much_must_go_and_where_it_is()
    {
        Assert.Equal("reclaim 60 B: the most is tmp/big in layer 0, 100 B, hidden by layer 1", Only(Of(waste: 100), "limits: { waste: 40 }").Advice);
        Assert.Contains("remove 500 B", Only(Of(waste: 100), "limits: { size: 500 }").Advice!);
    }

    [Theory]
    [InlineData(Severity.Medium, Outcome.Pass)]
    [InlineData(Severity.High, Outcome.Fail)]
    [InlineData(Severity.Critical, Outcome.Fail)]
    public void A_finding_at_the_limit_fails_the_image(Severity severity, Outcome outcome) =>
        Assert.Equal(outcome, Only(Of(findings: [Finding("x", severity)]), "findings: { failOn: high }").Outcome);

    [Fact]
    public void Never_lets_every_finding_through() =>
        Assert.Equal(Outcome.Pass, Only(Of(findings: [Finding("x", Severity.Critical)]), "findings: { failOn: never }").Outcome);

    [Theory]
    [InlineData("any", Severity.Info, Outcome.Fail)]
    [InlineData("high", Severity.Medium, Outcome.Pass)]
    [InlineData("high", Severity.High, Outcome.Fail)]
    [InlineData("never", Severity.Critical, Outcome.Pass)]
    public void Secrets_fail_from_their_limit_up(string failOn, Severity severity, Outcome outcome)
    {
        var rule = Only(Of(secrets: [Secret(severity)]), $"secrets: {{ failOn: {failOn} }}");
        Assert.Equal(outcome, rule.Outcome);
        Assert.Contains("in environment, history and files", rule.Actual);
    }

    [Fact]
    public void A_required_check_fails_the_image_whatever_its_severity()
    {
        var rule = Only(Of(findings: [Finding("healthcheck", Severity.Info, "no HEALTHCHECK")]), "require: [ healthcheck ]");
        Assert.Equal(("require.healthcheck", Outcome.Fail, "no HEALTHCHECK", "a remedy"), (rule.Rule, rule.Outcome, rule.Actual, rule.Advice));
        Assert.Equal(Outcome.Pass, Only(Of(), "require: [ healthcheck ]").Outcome);
    }

    [Theory]
    [InlineData("", Outcome.Undecided)]
    [InlineData(", whenNoData: undecided", Outcome.Undecided)]
    [InlineData(", whenNoData: pass", Outcome.Pass)]
    [InlineData(", whenNoData: fail", Outcome.Fail)]
    public void Without_advisory_data_vulnerabilities_are_undecided_unless_the_policy_says_otherwise(string whenNoData, Outcome outcome)
    {
        var verdict = Decide(Of(), $"vulnerabilities: {{ failOn: high{whenNoData} }}");
        Assert.Equal((outcome, outcome == Outcome.Undecided ? "no-advisory-data" : null), (verdict.Outcome, verdict.Reason));
    }

    [Theory]
    [InlineData("fail", Outcome.Fail)]
    [InlineData("undecided", Outcome.Undecided)]
    [InlineData("pass", Outcome.Pass)]
    public void What_to_say_without_advisory_data_is_a_rule_of_its_own(string whenNoData, Outcome outcome)
    {
        var rule = Only(Of(), $"vulnerabilities: {{ whenNoData: {whenNoData} }}");
        Assert.Equal(("vulnerabilities.whenNoData", whenNoData, "no advisory data", outcome), (rule.Rule, rule.Limit, rule.Actual, rule.Outcome));
        Assert.Empty(Decide(Of(), "vulnerabilities: { onlyFixable: true }").Rules);
    }

    [Fact]
    public void Vulnerabilities_that_never_fail_leave_nothing_undecided() =>
        Assert.Equal(("not judged", Outcome.Pass), (Only(Of(), "vulnerabilities: { failOn: never }").Actual, Decide(Of(), "vulnerabilities: { failOn: never }").Outcome));

    [Theory]
    [InlineData("1m", "1m")]
    [InlineData("12h", "12h")]
    [InlineData("7d", "7d")]
    [InlineData("36h", "1.5d")]
    public void The_age_of_advisory_data_is_shown_in_a_unit_that_fits(string age, string shown) =>
        Assert.Equal(shown, Only(Of(), $"vulnerabilities: {{ maxDataAge: {age} }}").Limit);

    [Fact]
    public void Findings_that_pass_by_exemption_are_counted_as_exempt() =>
        Assert.Equal("worst is critical, 1 at or above exempt", Only(Of(findings: [Finding("setuid-setgid", Severity.Critical)]),
            "findings: { failOn: high }\nexemptions:\n  - { id: setuid-setgid, reason: r, owner: o, until: 2030-01-01 }").Actual);

    [Fact]
    public void Fail_outweighs_undecided_and_undecided_outweighs_pass()
    {
        Assert.Equal(Outcome.Fail, Decide(Of(size: 10), "limits: { size: 1 }\nvulnerabilities: { failOn: high }").Outcome);
        Assert.Equal(Outcome.Undecided, Decide(Of(size: 1), "limits: { size: 1 }\nvulnerabilities: { failOn: high }").Outcome);
        Assert.Equal(Outcome.Pass, Decide(Of(), "").Outcome);
    }

    [Theory]
    [InlineData("2026-06-15", Outcome.Pass)]
    [InlineData("2026-06-14", Outcome.Fail)]
    [InlineData("2030-01-01", Outcome.Pass)]
    public void An_exemption_holds_through_its_last_day(string until, Outcome outcome)
    {
        var verdict = Decide(Of(findings: [Finding("setuid-setgid", Severity.High)]),
            $"findings: {{ failOn: high }}\nexemptions:\n  - {{ id: setuid-setgid, reason: mount needs it, owner: team-a, until: {until} }}");
        Assert.Equal(outcome, verdict.Outcome);
        if (outcome == Outcome.Pass)
            Assert.Equal(("setuid-setgid", "mount needs it", "team-a"), (verdict.Exemptions[0].Id, verdict.Exemptions[0].Reason, verdict.Exemptions[0].Owner));
        else
        {
            Assert.Empty(verdict.Exemptions);
            Assert.Contains("ended on 2026-06-14", verdict.Rules[0].Advice!);
        }
    }

    [Fact]
    public void An_exemption_that_nothing_needed_is_not_named() =>
        Assert.Empty(Decide(Of(), "findings: { failOn: high }\nexemptions:\n  - { id: setuid-setgid, reason: r, owner: o, until: 2030-01-01 }").Exemptions);
}
