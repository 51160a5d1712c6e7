using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store;
using Plimsoll.Store.Vex;

namespace Plimsoll.Service.Tests.Vex;

/// <summary>What verdicts and reports of stored images say when somebody states something of their vulnerabilities.</summary>
public sealed class VexVerdictTests(PostgresServer postgres, RedisServer redis)
{
    const string Left = "pkg:npm/left@1.0.0";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    async Task<(Samples.Service Service, string Digest)> Vulnerable(Mode mode, params (string, string)[] variables)
    {
        var service = await Samples.Service.Start(mode, postgres, redis, variables);
        foreach (var (name, more) in ((string, string)[])[("gated", ""), ("deaf", ", ignoreVex: true")])
            using (await service.Http.PutAsync($"/v1/policies/{name}", new StringContent($"name: {name}\nvulnerabilities: {{ failOn: high, failOnKnownExploited: true{more} }}\n", null, "application/yaml"), Ct)) { }
        var digest = (await service.Inspect(Osv.Image("left", "1.0.0"))).Images[0];
        await service.Import(Osv.Zip(Osv.Record("GHSA-1", "left", "1.2.0", Osv.High, "CVE-2026-0001")));
        await service.Import(Osv.Exploited("CVE-2026-0001"), type: "application/json");
        return (service, digest);
    }

    static async Task<(string Outcome, int? High, string? Actual)> Verdict(Samples.Service service, string digest, string policy = "gated")
    {
        var verdict = await service.Get<VerdictBody>($"/v1/verdicts?image={digest}&policy={policy}");
        var platform = Assert.Single(verdict.Platforms);
        return (verdict.Outcome, platform.Vulnerabilities?.High, platform.Rules[0].Actual);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_statement_changes_the_verdict_without_an_inspection_and_to_take_it_away_changes_it_back(Mode mode)
    {
        var (service, digest) = await Vulnerable(mode);
        await using var _ = service;
        Assert.Equal(("Fail", 1, "1 at or above"), await Verdict(service, digest));

        await service.State(OpenVex.Of(Left));
        Assert.Equal(("Pass", 0, "no vulnerabilities (1 not affected by VEX)"), await Verdict(service, digest));
        Assert.Equal(("Fail", 1, "1 at or above"), await Verdict(service, digest, "deaf"));

        await service.State(OpenVex.Of(Left, "affected", version: 2, more: "\"action_statement\": \"update\""));
        Assert.Equal(("Fail", 1, "1 at or above"), await Verdict(service, digest));
        await service.State(OpenVex.Of(Left, "fixed", version: 3, more: ""));
        Assert.Equal(("Pass", 0, "no vulnerabilities (1 fixed by VEX)"), await Verdict(service, digest));

        var id = (await service.Json("/v1/vex")).GetProperty("items")[0].GetProperty("id").GetString();
        using (var gone = await service.Http.DeleteAsync($"/v1/vex/{id}", Ct))
            Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(("Fail", 1, "1 at or above"), await Verdict(service, digest));
        Assert.Single((await service.Get<Page<InspectionBody>>("/v1/inspections")).Items);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Reports_in_every_form_and_their_tags_follow_at_once(Mode mode)
    {
        var (service, digest) = await Vulnerable(mode);
        await using var _ = service;
        async Task<(string Tag, string Body)> Report(string format)
        {
            using var answer = await service.Http.GetAsync($"/v1/images/{digest}/report?format={format}", Ct);
            return (answer.Headers.ETag!.Tag, await answer.Content.ReadAsStringAsync(Ct));
        }
        string[] forms = ["json", "cyclonedx", "sarif", "gitlab", "markdown", "html"];
        var before = new Dictionary<string, (string Tag, string Body)>();
        foreach (var form in forms)
            before[form] = await Report(form);
        await service.State(OpenVex.Of(digest));
        foreach (var form in forms)
        {
            var (tag, body) = await Report(form);
            var sign = form == "markdown" ? "Put aside by VEX" : "https://vex.example/1";
            Assert.Contains(sign, body, StringComparison.Ordinal);
            Assert.DoesNotContain(sign, before[form].Body, StringComparison.Ordinal);
            Assert.NotEqual(before[form].Tag, tag);
        }
        var vex = (await service.Json($"/v1/images/{digest}/vulnerabilities")).GetProperty("items")[0].GetProperty("vex");
        Assert.Equal(("not_affected", "vulnerable_code_not_present", digest), (vex.GetProperty("status").GetString(), vex.GetProperty("justification").GetString(), vex.GetProperty("product").GetString()));

        await service.State(OpenVex.Of("pkg:npm/left@2.0.0", version: 2));
        vex = (await service.Json($"/v1/images/{digest}/vulnerabilities")).GetProperty("items")[0].GetProperty("vex");
        Assert.Equal(JsonValueKind.Null, vex.GetProperty("status").ValueKind);
        Assert.Equal("https://vex.example/1 says not affected: it is about version 2.0.0, and 1.0.0 is installed", vex.GetProperty("notApplied")[0].GetString());
    }

    [Fact]
    public async Task An_image_is_known_by_the_name_and_by_the_index_that_it_was_inspected_by()
    {
        await using var registry = await TinyRegistry.Start();
        var (service, _) = await Vulnerable(Mode.Embedded, registry.Variables());
        await using var started = service;
        var (web, other) = (OciImage.Of("amd64", [("app/node_modules/left/package.json", """{"name":"left","version":"1.0.0"}""")]), OciImage.Number(1, "arm64"));
        registry.Push("shop/web", "amd", web);
        registry.Push("shop/web", "arm", other);
        var index = OciImage.Index(("amd64", web), ("arm64", other));
        registry.Push("shop/web", "1.4", index, OciImage.IndexType);
        await service.InspectReference($"{registry.Host}/shop/web:1.4");
        var image = web.Digest;
        foreach (var product in (string[])[$"{registry.Host}/shop/web:1.4", $"pkg:oci/web?repository_url={registry.Host}/shop/web&tag=1.4", OciImage.DigestOf(index), $"pkg:oci/web@{OciImage.DigestOf(index)}", image])
        {
            await service.State(OpenVex.Of(product, id: product));
            Assert.Equal("Pass", (await Verdict(service, image)).Outcome);
            var id = (await service.Json("/v1/vex")).GetProperty("items")[0].GetProperty("id").GetString();
            using (await service.Http.DeleteAsync($"/v1/vex/{id}", Ct)) { }
            Assert.Equal("Fail", (await Verdict(service, image)).Outcome);
        }
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Another_process_sees_it_when_what_it_has_read_is_no_longer_fresh_and_reads_no_document_twice(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var clock = new FakeTimeProvider();
        using var other = new VexShelf(service.Services.GetRequiredService<IDbContextFactory<PlimsollDb>>(), clock, NullLogger<VexShelf>.Instance);
        Assert.Equal(("", true), (await other.Current(Ct)) is var none ? (none.Stamp, none.Ledger.IsEmpty) : default);
        await service.State(OpenVex.Of(Left));
        Assert.True((await other.Current(Ct)).Ledger.IsEmpty);
        clock.Advance(VexShelf.Fresh);
        var first = await other.Current(Ct);
        Assert.False(first.Ledger.IsEmpty);
        clock.Advance(VexShelf.Fresh);
        Assert.Same(first, await other.Current(Ct));
        Assert.NotEqual("", first.Stamp);
    }
}
