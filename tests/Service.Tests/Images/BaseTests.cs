using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Client;
using Plimsoll.Engine.Bases;
using Plimsoll.Service.Tests.Advisories;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Images;

namespace Plimsoll.Service.Tests.Images;

/// <summary>Images on images: what was built on what, and which of the two brought a vulnerability.</summary>
public sealed class BaseTests(PostgresServer postgres, RedisServer redis, ITestOutputHelper output)
{
    static readonly byte[] Lower = Layer("left"), Middle = Layer("middle"), Upper = Layer("right");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static byte[] Layer(string package) => TinyImage.Tar(($"app/node_modules/{package}/package.json", Encoding.UTF8.GetBytes($$"""{"name":"{{package}}","version":"1.0.0"}""")));

    static async Task<string> Inspect(Samples.Service service, string name, params byte[][] layers) => (await service.Inspect(TinyImage.Stacked(name, "1000", layers))).Images[0];

    /// <summary>As somebody reads who has read nothing so far.</summary>
    static async Task<StoredReport> Read(Samples.Service service, string digest)
    {
        using var reader = ActivatorUtilities.CreateInstance<ReportReader>(service.Services);
        return (await reader.Find(digest, Ct))!;
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_base_that_is_inspected_later_counts_at_once_and_the_longest_counts(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await service.Import(Osv.Zip(Osv.Record("GHSA-1", "left", "1.2.0", Osv.High), Osv.Record("GHSA-2", "right", null, Osv.Low)));
        using (await service.Http.PutAsync("/v1/policies/gated", new StringContent("name: gated\nvulnerabilities: { failOn: high }\n", null, "application/yaml"), Ct)) { }
        var digest = await Inspect(service, "shop/web:1", Lower, Middle, Upper);
        Assert.Null((await Read(service, digest)).Base);
        Assert.All((await Read(service, digest)).Read().Vulnerabilities!, one => Assert.Null(one.FromBase));

        var lowest = await Inspect(service, "shop/base:1", Lower);
        var known = (await Read(service, digest)).Read();
        Assert.Equal((("shop/base:1", lowest, 1), "KnownImage"), ((known.Base!.Name, known.Base.Digest!.Value, known.Base.Layers!.Value), $"{known.Base.By}"));
        Assert.Equal([("left", true), ("right", false)], known.Vulnerabilities!.Select(one => (one.Name, one.FromBase is true)));

        await Inspect(service, "shop/base:2", Lower, Middle);
        await Inspect(service, "shop/other:2", Middle, Lower);
        await Inspect(service, "shop/twin:1", Lower, Middle, Upper);
        Assert.Equal(("shop/base:2", 2), (await Read(service, digest)).Base is { } longest ? (longest.Name, longest.Layers) : default);

        var verdict = Assert.Single((await service.Get<VerdictBody>($"/v1/verdicts?image={digest}&policy=gated")).Platforms);
        Assert.Equal(new VulnerabilityCountsBody(0, 1, 0, 1, 0, 1, 1), verdict.Vulnerabilities);
        Assert.Equal("update left to 1.2.0; a newer base image than shop/base:2 may mend 1 of 1", Assert.Single(verdict.Rules).Advice);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_API_tells_the_base_of_an_image_and_whose_each_vulnerability_is(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await service.Import(Osv.Zip(Osv.Record("GHSA-1", "left", "1.2.0", Osv.High), Osv.Record("GHSA-2", "right", null, Osv.Low)));
        var lowest = await Inspect(service, "shop/base:1", Lower);
        var digest = await Inspect(service, "shop/web:1", Lower, Upper);

        var image = await service.Json($"/v1/images/{digest}");
        Assert.Equal($$"""{"name":"shop/base:1","digest":"{{lowest}}","layers":1,"by":"known-image"}""", image.GetProperty("base").GetRawText());
        Assert.False((await service.Json($"/v1/images/{lowest}")).TryGetProperty("base", out _));
        using var client = new PlimsollClient(new PlimsollClientOptions(service.Http.BaseAddress!) { Token = Samples.Service.AdminToken });
        Assert.Equal(("shop/base:1", BaseEvidence.KnownImage), (await client.Images.Get(digest, Ct)).Base is { } told ? (told.Name, told.By) : default);
        async Task<IEnumerable<(string?, bool)>> Of(string query) => (await service.Json($"/v1/images/{digest}/vulnerabilities{query}")).GetProperty("items").EnumerateArray()
            .Select(one => (one.GetProperty("name").GetString(), one.GetProperty("fromBase").GetBoolean()));
        Assert.Equal([("left", true), ("right", false)], await Of(""));
        Assert.Equal([("right", false)], await Of("?fromBase=false"));
        Assert.Equal(JsonValueKind.Null, (await service.Json($"/v1/images/{lowest}/vulnerabilities")).GetProperty("items")[0].GetProperty("fromBase").ValueKind);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_report_that_is_known_is_another_when_its_base_is_known(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await service.Import(Osv.Zip(Osv.Record("GHSA-1", "left", "1.2.0", Osv.High)));
        var digest = await Inspect(service, "shop/web:1", Lower, Upper);
        var clock = new Later();
        using var reader = ActivatorUtilities.CreateInstance<ReportReader>(service.Services, clock);
        var before = await reader.Find(digest, Ct);
        var lowest = await Inspect(service, "shop/base:1", Lower);
        Assert.Same(before, await reader.Find(digest, Ct));

        clock.Passed += ReportReader.Fresh;
        var after = (await reader.Find(digest, Ct))!;
        Assert.NotEqual(before!.Hash, after.Hash);
        Assert.Equal("shop/base:1", after.Base!.Name);
        clock.Passed += ReportReader.Fresh;
        Assert.Same(after, await reader.Find(digest, Ct));

        using (var answer = await service.Http.DeleteAsync($"/v1/images/{lowest}", Ct))
            Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        clock.Passed += ReportReader.Fresh;
        Assert.Null((await reader.Find(digest, Ct))!.Base);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Images_that_were_stored_without_chains_get_them_from_their_layers(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await Inspect(service, "shop/base:1", Lower);
        var digest = await Inspect(service, "shop/web:1", Lower, Upper);
        await using var db = await service.Database();
        var chains = await db.Images.AsNoTracking().ToDictionaryAsync(row => row.Digest, row => row.ChainId, Ct);
        await db.Images.ExecuteUpdateAsync(set => set.SetProperty(row => row.ChainId, (string?)null), Ct);
        Assert.Null((await Read(service, digest)).Base);

        await service.Services.GetRequiredService<Rematch>().Settle(Ct);
        Assert.Equal(chains, await db.Images.AsNoTracking().ToDictionaryAsync(row => row.Digest, row => row.ChainId, Ct));
        Assert.Equal("shop/base:1", (await Read(service, digest)).Base!.Name);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Of_ten_thousand_images_the_base_is_found_by_an_index(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        var digest = await Inspect(fleet.Service, "shop/web:1", Lower, Middle, Upper);
        await Inspect(fleet.Service, "shop/base:1", Lower, Middle);
        await using var db = await fleet.Service.Database();
        var number = db.Database.IsNpgsql() ? "generate_series(1, 10000) AS n(i)" : "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i FROM n) AS n";
        var copy = $"""
            INSERT INTO images (digest, config_digest, reference, platform, size, findings, packages, revision, inspected_at, report, chain_id, number)
            SELECT 'sha256:' || i, 'sha256:c' || i, 'shop/many:' || i, platform, size, findings, packages, revision, inspected_at, report, 'sha256:chain' || i, 1000 + i FROM images, {number} WHERE digest = $1
            """;
        await db.Rows(copy, _ => 0, [digest], Ct);
        // As the database does by itself after a while.
        await db.Database.ExecuteSqlRawAsync("ANALYZE", Ct);
        var chains = KnownBases.ChainsBelow((await Read(fleet.Service, digest)).Read());
        Assert.Equal("shop/base:1", (await db.BaseIn(chains, Ct))!.Name);
        var times = new List<TimeSpan>();
        for (var i = 0; i < 200; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await db.BaseIn(chains, Ct);
            times.Add(Stopwatch.GetElapsedTime(start));
        }
        if (db.Database.IsNpgsql())
            Assert.DoesNotContain(await db.Rows($"EXPLAIN {KnownBases.InPostgres}", row => row.GetString(0), [chains.ToArray()], Ct), line => line.Contains("Seq Scan", StringComparison.Ordinal));
        times.Sort();
        output.WriteLine($"measured: base: {times[100].TotalMilliseconds:0.000} ms, the median of 200, among 10,000 images with {mode}");
    }

    /// <summary>The true time, and what a test lets pass.</summary>
    sealed class Later : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Passed;
    }
}
