using System.Text;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories.Records;

public sealed class AdvisoryReaderTests
{
    [Fact]
    public void A_record_is_kept_with_all_that_matching_needs()
    {
        var advisory = OsvJson.Record("""
            "id": "EX-1", "modified": "2026-01-02T03:04:05.123456789Z", "published": "2026-01-01T00:00:00Z", "withdrawn": "2026-02-01T01:00:00+01:00",
            "summary": "A door\nis open", "details": "…", "aliases": ["CVE-2026-1"], "upstream": ["CVE-2026-2"], "related": ["CVE-2026-3"], "credits": [{"name": "x"}],
            "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}], "database_specific": {"severity": "HIGH", "other": [1]},
            "affected": [{"package": {"ecosystem": "PyPI", "name": "door", "purl": "pkg:pypi/door"}, "versions": ["1.0", "1.1"], "severity": [{"type": "CVSS_V2", "score": "x"}],
              "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2"}, {"introduced": "2"}, {"last_affected": "2.1"}, {"limit": "3"}]},
                         {"type": "GIT", "repo": "https://example.org", "events": [{"introduced": "0"}, {"fixed": "abc"}]}],
              "ecosystem_specific": {"urgency": "low", "imports": [{"path": "door/hinge", "symbols": ["Open"]}], "custom_ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "9"}]}]}}]
            """);

        Assert.Equal(("EX-1", "A door is open", true), (advisory.Id, advisory.Summary, advisory.IsReviewed));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), advisory.Modified.AddTicks(-(advisory.Modified.Ticks % TimeSpan.TicksPerSecond)));
        Assert.Equal(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero), advisory.Withdrawn);
        Assert.Equal(["CVE-2026-1", "CVE-2026-2", "CVE-2026-3"], [.. advisory.Aliases, .. advisory.Upstream, .. advisory.Related]);
        Assert.Equal([new("CVSS_V3", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"), new("severity", "HIGH")], advisory.Severities);
        var affected = Assert.Single(advisory.Affected);
        Assert.Equal(("PyPI", "door"), (affected.Ecosystem, affected.Name));
        Assert.Equal(["1.0", "1.1"], affected.Versions);
        Assert.Equal([new("CVSS_V2", "x"), new("urgency", "low")], affected.Severities);
        Assert.Equal("introduced 0, fixed 1.2, introduced 2, last affected 2.1, limit 3", affected.Ranges[0].ToString());
        Assert.Equal((RangeKind.Git, 0), (affected.Ranges[1].Kind, affected.Ranges[1].Events.Count));
        Assert.Equal(["door/hinge"], affected.Imports);
        Assert.Equal("introduced 9", Assert.Single(affected.CustomRanges).ToString());
    }

    [Theory]
    [InlineData("Important: nodejs:18 security update", "nodejs:18")]
    [InlineData("Moderate: virt:rhel and virt-devel:rhel security, bug fix, and enhancement update", "virt:rhel,virt-devel:rhel")]
    [InlineData("Important: kernel security update", "")]
    [InlineData("Low: container-tools:rhel8 security update", "container-tools:rhel8")]
    public void A_summary_names_module_streams_and_a_rating(string summary, string streams)
    {
        var advisory = OsvJson.Record($$""" "id": "ALSA-1", "modified": "2026-01-01T00:00:00Z", "summary": "{{summary}}" """);

        Assert.Equal(streams, string.Join(',', advisory.Streams));
        Assert.Equal(new SeverityClaim("summary", summary.Split(':')[0]), Assert.Single(advisory.Severities));
    }

    [Theory]
    [InlineData("ALSA-2026:1", "", "CVE-2026-1,CVE-2026-2")]
    [InlineData("ALBA-2026:1", "", "CVE-2026-1,CVE-2026-2")]
    [InlineData("RLSA-2026:1", "", "CVE-2026-1,CVE-2026-2")]
    [InlineData("SUSE-SU-2026:1-1", "", "CVE-2026-1,CVE-2026-2")]
    [InlineData("ALSA-2026:1", "\"upstream\": [\"CVE-2026-9\"],", "CVE-2026-9")]
    [InlineData("ALSA-2026:1", "\"aliases\": [\"CVE-2026-9\"],", "")]
    [InlineData("ALSA-2026:1", "\"aliases\": [\"RHSA-2026:1\"],", "CVE-2026-1,CVE-2026-2")]
    [InlineData("GHSA-1", "", "")]
    [InlineData("UBUNTU-CVE-2026-3", "", "")]
    [InlineData("DEBIAN-CVE-2026-3", "", "")]
    public void An_update_of_a_distribution_follows_from_the_CVEs_that_it_is_related_to_where_it_names_no_others(string id, string more, string upstream)
    {
        var advisory = OsvJson.Record($$""" "id": "{{id}}", "modified": "2026-01-01T00:00:00Z", {{more}} "related": ["CVE-2026-1", "RHSA-2026:1", "CVE-2026-2"] """);

        Assert.Equal(upstream, string.Join(',', advisory.Upstream));
        Assert.Equal(["CVE-2026-1", "RHSA-2026:1", "CVE-2026-2"], advisory.Related);
    }

    [Fact]
    public void A_null_is_the_same_as_no_value()
    {
        var advisory = OsvJson.Record(""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "summary": null, "aliases": null, "severity": null, "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "versions": null, "ranges": null, "ecosystem_specific": {"severity": null}}] """);

        Assert.True(Assert.Single(advisory.Affected).SaysNothing);
    }

    [Fact]
    public void An_entry_about_a_repository_alone_names_no_package() =>
        Assert.Empty(OsvJson.Record(""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}]}] """).Affected);

    [Fact]
    public void What_is_no_id_is_no_other_name_of_a_record()
    {
        var advisory = OsvJson.Record(""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "aliases": ["", "CVE-2026-1", "a b"], "upstream": ["\n"], "related": ["https://example.org/pull/7"] """);

        Assert.Equal(["CVE-2026-1"], [.. advisory.Aliases, .. advisory.Upstream, .. advisory.Related]);
    }

    [Fact]
    public void A_long_summary_is_cut_and_details_are_not_kept()
    {
        var advisory = OsvJson.Record($$""" "id": "EX-1", "modified": "2026-01-01T00:00:00Z", "summary": "{{new string('s', 3000)}}", "details": "{{new string('d', 3_000_000)}}" """);

        Assert.Equal(new string('s', 499) + "…", advisory.Summary);
    }

    [Theory]
    [InlineData("""{"modified": "2026-01-01T00:00:00Z"}""", "it has no id")]
    [InlineData("""{"id": "", "modified": "2026-01-01T00:00:00Z"}""", "it has no id")]
    [InlineData("""{"id": "EX-1"}""", "it does not say when it was modified")]
    [InlineData("""{"id": "../EX-1", "modified": "2026-01-01T00:00:00Z"}""", "its id has characters that no id has")]
    [InlineData("""{"id": "EX 1", "modified": "2026-01-01T00:00:00Z"}""", "its id has characters that no id has")]
    [InlineData("""{"id": 7, "modified": "2026-01-01T00:00:00Z"}""", "its id is not a text")]
    [InlineData("""{"id": "EX-1", "modified": "yesterday"}""", "its modified is not a time")]
    [InlineData("""{"id": "EX-1", "modified": "2026-13-01T00:00:00Z"}""", "its modified is not a time")]
    [InlineData("""{"id": "EX-1", "modified": 1767225600}""", "its modified is not a text")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "aliases": "CVE-2026-1"}""", "its aliases is not an array")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "aliases": [null]}""", "its aliases has a null in it")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": {}}""", "its affected is not an array")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [7]}""", "its affected's entry is not an object")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package": {"name": "x"}}]}""", "its package has no ecosystem or no name")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"package": {"name": "x", "ecosystem": "Go"}, "versions": [1.0]}]}""", "its versions is not a text")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"ranges": [{"events": []}]}]}""", "its range has no type")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "affected": [{"ranges": [{"type": "SEMVER", "events": [{"fixed": 2}]}]}]}""", "its event's version is not a text")]
    [InlineData("""{"id": "EX-\ud800", "modified": "2026-01-01T00:00:00Z"}""", "its id is no text")]
    [InlineData("""["id", "EX-1"]""", "its record is not an object")]
    [InlineData("""null""", "its record is not an object")]
    [InlineData("", "it is not JSON, is cut short, or is nested too deeply")]
    [InlineData("<html>", "it is not JSON, is cut short, or is nested too deeply")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z"} {}""", "it is not JSON, is cut short, or is nested too deeply")]
    [InlineData("""{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", """, "it is not JSON, is cut short, or is nested too deeply")]
    public void A_record_that_breaks_the_schema_is_rejected_with_the_reason(string json, string reason) =>
        Assert.Equal(new AdvisoryReading(null, reason), AdvisoryReader.Read(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void A_record_that_is_beyond_the_limits_is_rejected()
    {
        const string Head = """{"id": "EX-1", "modified": "2026-01-01T00:00:00Z", """;
        string Rejection(string rest) => AdvisoryReader.Read(Encoding.UTF8.GetBytes(Head + rest)).Rejection!;

        Assert.Equal("it is not JSON, is cut short, or is nested too deeply", Rejection($"\"x\": {new string('[', 5000)}"));
        Assert.Equal("it is not JSON, is cut short, or is nested too deeply", Rejection($"\"affected\": {string.Concat(Enumerable.Repeat("[{\"x\":", 5000))}"));
        Assert.Equal("its aliases has more than 1024 characters", Rejection($"\"aliases\": [\"{new string('a', 1025)}\"]}}"));
        Assert.Equal("it has more than 500000 entries", Rejection($"\"aliases\": [{string.Join(',', Enumerable.Repeat("\"\"", 600_000))}]}}"));
        Assert.Equal("it has more than 500000 entries",
            Rejection($$"""
                "affected": [{"ranges": [{"type": "SEMVER", "events": [{{{string.Join(',', Enumerable.Repeat("\"fixed\":\"1\"", 600_000))}}}]}]}]}
                """));
        Assert.Equal("it has more than 16 MiB", AdvisoryReader.Read(new byte[100 << 20]).Rejection);
    }

    [Fact]
    public void Whatever_byte_of_a_record_is_missing_or_wrong_it_is_read_or_rejected()
    {
        var json = Encoding.UTF8.GetBytes("""
            {"id": "EX-1", "modified": "2026-01-01T00:00:00Z", "summary": "a \u00fc \ud83d\ude00", "aliases": ["CVE-2026-1"], "severity": [{"type": "CVSS_V3", "score": "x"}], "affected": [{"package":
            {"ecosystem": "Go", "name": "x"}, "versions": ["1"], "ranges": [{"type": "SEMVER", "events": [{"introduced": "0"}]}], "ecosystem_specific": {"imports": [{"path": "x"}]}}]}
            """);
        var readings = Enumerable.Range(0, json.Length).SelectMany(at => (byte[][])[json[..at], [.. json[..at], .. json[(at + 1)..]],
            .. "\0\"{}[],:\\0n\u00ff"u8.ToArray().Select(other => (byte[])[.. json[..at], other, .. json[(at + 1)..]])]).Select(bytes => AdvisoryReader.Read(bytes)).ToList();

        Assert.All(readings, reading => Assert.True(reading.Advisory is null != reading.Rejection is null));
        Assert.Contains(readings, reading => reading.Advisory is not null);
    }
}
