using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Advisories;

/// <summary>What verdicts and reports of stored images say when advisories change.</summary>
public sealed class AdvisoryVerdictTests(PostgresServer postgres, RedisServer redis)
{
    const string Gated = "name: gated\nvulnerabilities: { failOn: high }\n";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<(VerdictBody Verdict, PlatformVerdictBody Platform)> Verdict(Samples.Service service, string digest)
    {
        var verdict = await service.Get<VerdictBody>($"/v1/verdicts?image={digest}&policy=gated");
        return (verdict, Assert.Single(verdict.Platforms));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_verdict_follows_the_advisories_and_nothing_is_inspected_again(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using (await service.Http.PutAsync("/v1/policies/gated", new StringContent(Gated, null, "application/yaml"), Ct)) { }
        var inspected = await service.Inspect(Osv.Image("left", "1.0.0"));
        var digest = inspected.Images[0];
        var (verdict, platform) = await Verdict(service, digest);
        Assert.Equal(("Undecided", "no-advisory-data"), (verdict.Outcome, verdict.Reason));
        Assert.Equal((null, null), (platform.Vulnerabilities, platform.AdvisoriesAsOf));

        var carried = new DateTimeOffset(2026, 7, 5, 12, 0, 0, TimeSpan.Zero);
        var others = Enumerable.Range(10, 9).Select(i => Osv.Record($"GHSA-{i}", "other", null)).Append(Osv.Record("GHSA-2", "left", null, Osv.Low)).Append(Osv.Record("GHSA-3", "left", null)).ToList();
        await service.Import(Osv.Zip([.. others, Osv.Record("GHSA-1", "left", "1.2.0", Osv.High)]), asOf: carried);
        (verdict, platform) = await Verdict(service, digest);
        Assert.Equal(("Fail", null), (verdict.Outcome, verdict.Reason));
        Assert.Equal((new VulnerabilityCountsBody(0, 1, 0, 1, 1, 1), carried), (platform.Vulnerabilities, platform.AdvisoriesAsOf));
        Assert.Equal("update left to 1.2.0", Assert.Single(platform.Rules).Advice);

        // The unrated one would leave it undecided.
        others[^1] = Osv.Record("GHSA-3", "left", null, Osv.Low);
        await service.Import(Osv.Zip([.. others, Osv.Record("GHSA-1", "left", "1.2.0", Osv.High, modified: "2026-07-06T00:00:00Z", withdrawn: "2026-07-06T00:00:00Z")]));
        (verdict, platform) = await Verdict(service, digest);
        Assert.Equal(("Pass", null), (verdict.Outcome, verdict.Reason));
        Assert.Equal(new VulnerabilityCountsBody(0, 0, 0, 2, 0, 0), platform.Vulnerabilities);
        Assert.Equal(inspected.Id, Assert.Single((await service.Get<Page<InspectionBody>>("/v1/inspections")).Items).Id);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_report_has_the_vulnerabilities_of_today_in_every_form(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var digest = (await service.Inspect(Osv.Image("left", "1.0.0"))).Images[0];
        await service.Import(Osv.Zip(Osv.Record("GHSA-1", "left", "1.2.0", Osv.High, "CVE-2026-0001")));
        async Task<string> Report(string format) => await service.Http.GetStringAsync($"/v1/images/{digest}/report?format={format}", Ct);

        using var json = JsonDocument.Parse(await Report("json"));
        var found = Assert.Single(json.RootElement.GetProperty("vulnerabilities").EnumerateArray());
        Assert.Equal(("CVE-2026-0001", "high", "1.2.0"), (found.GetProperty("id").GetString(), found.GetProperty("severity").GetString(), found.GetProperty("fixedIn").GetString()));
        using var sarif = JsonDocument.Parse(await Report("sarif"));
        Assert.Contains(sarif.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray(), result => result.GetProperty("ruleId").GetString()!.Contains("CVE-2026-0001", StringComparison.Ordinal));
        using var cyclonedx = JsonDocument.Parse(await Report("cyclonedx"));
        Assert.Equal("CVE-2026-0001", Assert.Single(cyclonedx.RootElement.GetProperty("vulnerabilities").EnumerateArray()).GetProperty("id").GetString());
        using var gitlab = JsonDocument.Parse(await Report("gitlab"));
        Assert.Contains(gitlab.RootElement.GetProperty("vulnerabilities").EnumerateArray(), one => one.GetRawText().Contains("CVE-2026-0001", StringComparison.Ordinal));
        foreach (var form in (string[])["html", "markdown", "junit"])
            Assert.Contains("CVE-2026-0001", await Report(form), StringComparison.Ordinal);
    }
}
