using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Advisories.Records;

namespace Plimsoll.Engine.Tests.Advisories.Records;

public sealed class AdvisoryWriterTests(ITestOutputHelper output)
{
    const string Head = """ "id": "EX-1", "modified": "2026-01-02T03:04:05.1234567Z" """;

    [Theory]
    [InlineData("")]
    [InlineData(""", "published": "2026-01-01T00:00:00Z", "withdrawn": "2026-02-01T01:00:00.5+01:00" """)]
    [InlineData(""", "published": "0001-01-01T00:00:00Z", "withdrawn": "9999-12-31T23:59:59.9999999Z" """)]
    [InlineData(""", "summary": "Important: nodejs:18 and nodejs:20", "severity": [{"type": "CVSS_V3", "score": "CVSS:3.1/x"}], "database_specific": {"severity": "HIGH"} """)]
    [InlineData(""", "summary": "Important: a fix", "severity": [{"type": "summary", "score": "Low"}, {"type": "severity", "score": ""}] """)]
    [InlineData(""", "summary": "  é \ud83d\ude00 \u2028 <b>\"\\ \u0000 \u007f ", "database_specific": {"review_status": "unreviewed"} """)]
    [InlineData(""", "severity": [{"type": "severity", "score": "LOW"}, {"type": "Ubuntu", "score": "negligible"}], "database_specific": 7 """)]
    [InlineData(""", "aliases": ["CVE-2026-1", "CVE-2026-1", "", "a b"], "upstream": ["CVE-2026-2"], "related": ["CVE-2026-3"] """)]
    [InlineData(""", "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "severity": [{"type": "urgency", "score": "a"}], "ecosystem_specific": {"severity": "HIGH", "urgency": null}}] """)]
    [InlineData(""", "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "ecosystem_specific": {"severity": "HIGH", "urgency": "low"}}, {"package": {"ecosystem": "Go", "name": "x"}}] """)]
    [InlineData(""", "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "versions": ["", "1"], "ranges": [{"type": "GIT", "events": [{"introduced": "0"}]}, {"type": "NEW", "events": [{"introduced": "0"}]}, {"type": "SEMVER"}]}] """)]
    [InlineData(""", "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "ranges": [{"type": "SEMVER", "events": [{"introduced": "0", "fixed": "1"}, {"last_affected": "3"}, {"limit": "*"}]}]}] """)]
    [InlineData(""", "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "ecosystem_specific": {"imports": [{"path": "a", "symbols": ["B"]}, {"path": ""}, {}, 7], "custom_ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "1"}]}]}}] """)]
    public void A_record_that_is_written_is_read_as_it_was(string more) => Same(OsvJson.Record(Head + more));

    [Fact]
    public void What_has_only_just_a_place_has_it_when_it_is_read_again()
    {
        var faces = string.Concat(Enumerable.Repeat("\ud83d\ude00", 512));
        Same(OsvJson.Record($$""" {{Head}}, "summary": "{{faces}}", "database_specific": {"severity": "{{faces}}"}, "affected": [{"package": {"ecosystem": "{{faces}}", "name": "{{faces}}"}, "ecosystem_specific": {"imports": [{"path": "{{faces}}"}] } }] """));

        var events = string.Join(',', Enumerable.Repeat("\"fixed\":\"1\"", 249_000));
        Same(OsvJson.Record($$""" {{Head}}, "affected": [{"package": {"ecosystem": "Go", "name": "x"}, "ranges": [{"type": "SEMVER", "events": [{ {{events}} }]}]}] """));
    }

    [Fact]
    public void A_record_is_written_as_the_schema_has_it()
    {
        var json = Encoding.UTF8.GetString(AdvisoryWriter.Write(OsvJson.About("Debian:12", "openssl", "introduced 0, fixed 1.2", more: """ "summary": "Ünsafe", """, affected: """ "ecosystem_specific": {"urgency": "low"}, """)));

        Assert.Equal("""{"schema_version":"1.7.0","id":"EX-1","modified":"2026-01-01T00:00:00Z","summary":"Ünsafe","affected":[{"package":{"ecosystem":"Debian:12","name":"openssl"},"ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"},{"fixed":"1.2"}]}],"ecosystem_specific":{"urgency":"low"}}]}""", json);
    }

    [Theory]
    [InlineData("export-t0")]
    [InlineData("export-t1")]
    [InlineData("hostile")]
    [InlineData("mined")]
    public void Every_real_record_is_read_as_it_was(string under)
    {
        var (count, bytes) = (0, 0L);
        foreach (var advisory in OsvData.Advisories(under))
            (count, bytes) = (count + 1, bytes + Same(advisory));
        output.WriteLine($"measured: records: {count} of {under} written in {bytes / 1e6:0.0} MB and read as they were");
        Assert.NotEqual(0, count);
    }

    // Two records with lists in them are never equal; as text they are, and no member is left out.
    static int Same(Advisory advisory)
    {
        var json = AdvisoryWriter.Write(advisory);
        var (again, rejection) = AdvisoryReader.Read(json);
        Assert.Null(rejection);
        Assert.Equal(JsonSerializer.Serialize(advisory), JsonSerializer.Serialize(again));
        return json.Length;
    }
}
