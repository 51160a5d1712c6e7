using Plimsoll.Engine.Advisories.Severities;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Tests.Advisories.Severities;

public sealed class RatingTests
{
    const string High = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N", Medium = "CVSS:4.0/AV:L/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:N/SA:N";

    [Fact]
    public void The_newest_vector_counts() =>
        Assert.Equal(new Rating(Severity.Medium, 5.1m, Medium), Of(Severities(("CVSS_V3", High), ("CVSS_V4", Medium), ("CVSS_V2", "AV:N/AC:L/Au:N/C:C/I:C/A:C"))));

    [Fact]
    public void What_is_said_of_the_package_counts_before_what_is_said_of_the_record() => Assert.Equal(
        Severity.High, Of(Severities(("CVSS_V4", Medium)), $$""" "severity": [{"type": "CVSS_V3", "score": "{{High}}"}], """).Severity);

    [Fact]
    public void A_word_counts_where_no_vector_can_be_read() =>
        Assert.Equal(new Rating(Severity.Info, null, "Ubuntu: negligible"), Of(Severities(("CVSS_V3", "CVSS:3.1/broken"), ("Ubuntu", "negligible"))));

    [Theory]
    [InlineData(""" "urgency": "unimportant" """, Severity.Info)]
    [InlineData(""" "urgency": "low**" """, Severity.Low)]
    [InlineData(""" "urgency": "not yet assigned" """, null)]
    [InlineData(""" "severity": "HIGH" """, Severity.High)]
    [InlineData(""" "severity": null """, null)]
    public void An_urgency_of_the_distribution_is_a_severity(string specific, Severity? severity) =>
        Assert.Equal(severity, Of("", $$""" "ecosystem_specific": {{{specific}}}, """).Severity);

    [Theory]
    [InlineData("Important: openssl security update", Severity.High)]
    [InlineData("Moderate: openssl security update", Severity.Medium)]
    [InlineData("openssl: it is Important: read", null)]
    public void A_summary_that_begins_with_a_rating_has_it(string summary, Severity? severity) =>
        Assert.Equal(severity, Of($$""" "summary": "{{summary}}", """).Severity);

    [Fact]
    public void Where_nobody_says_it_is_unknown_and_not_harmless() => Assert.Equal(Rating.Unknown, Of(""));

    static Rating Of(string record, string affected = "")
    {
        var advisory = OsvJson.About("Debian:12", "door", "introduced 0", more: record, affected: affected);
        return Rating.Of(advisory, advisory.Affected[0]);
    }

    static string Severities(params (string Type, string Score)[] all) =>
        $$""" "severity": [{{string.Join(", ", all.Select(one => $$"""{"type": "{{one.Type}}", "score": "{{one.Score}}"}"""))}}], """;
}
