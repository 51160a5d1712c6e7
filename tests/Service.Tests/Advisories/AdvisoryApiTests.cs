using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Advisories;
using Plimsoll.Client.Inspections;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests.Advisories;

public sealed class AdvisoryApiTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static byte[] Records(int count, int from = 0) => Osv.Zip([.. Enumerable.Range(from, count).Select(i => Osv.Record($"GHSA-{i:0000}", "left", "1.2.0", Osv.High, $"CVE-2026-{i:0000}"))]);

    static async Task<(HttpStatusCode, string?, string)> Refused(Samples.Service service, byte[] file, string query = "")
    {
        using var answer = await service.Send(file, query);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Ct);
        return (answer.StatusCode, problem.GetProperty("type").GetString(), problem.GetProperty("detail").GetString() ?? "");
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Each_kind_of_file_is_told_by_its_content_and_its_source_says_how_old_it_is(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        Assert.Equal((0, null, null, 0), await service.Get<AdvisoriesBody>("/v1/advisories") is var none ? (none.Epoch, none.At, none.AsOf, none.Sources.Count) : default);

        var carried = new DateTimeOffset(2026, 7, 5, 12, 0, 0, TimeSpan.Zero);
        var first = await service.Import(Osv.Zip(Osv.Record("GHSA-1", "left", "1.2.0"), Osv.Record("GHSA-2", "right", null), """{"id":7}"""), "?ecosystem=npm", asOf: carried);
        var change = Assert.Single(first.Sources);
        Assert.Equal((1L, "npm", "advisories", 2, null, 2, 1), (first.Epoch, change.Name, change.Kind, change.Records, change.Before, change.Added, change.Rejected));
        await service.Import(Osv.Exploited("CVE-2026-0001"), type: "application/json");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write("cve,epss,percentile\nCVE-2026-0001,0.5,0.9\n"u8);
        Assert.Equal(3, (await service.Import(packed.ToArray(), asOf: TimeProvider.System.GetUtcNow().AddYears(1))).Epoch);
        // The same again changes nothing but its age.
        Assert.Equal((3L, 0), await service.Import(Osv.Exploited("CVE-2026-0001"), type: "application/x-www-form-urlencoded") is var again ? (again.Epoch, again.Messages) : default);

        var all = await service.Get<AdvisoriesBody>("/v1/advisories");
        Assert.Equal((3L, carried), (all.Epoch, all.AsOf));
        Assert.NotNull(all.At);
        Assert.Equal([("npm", "advisories", 2), ("KEV", "knownExploited", 1), ("EPSS", "exploitScores", 1)], all.Sources.Select(source => (source.Name, source.Kind, source.Records)));
        var npm = all.Sources[0];
        Assert.Equal((carried, "upload by admin", null, 1), (npm.AsOf, npm.Origin, npm.Failure, npm.Rejected));
        Assert.Equal([1], npm.Rejections.Select(one => one.Records));
        // What is not yet cannot be the age of a file.
        Assert.True(all.Sources[2].AsOf <= TimeProvider.System.GetUtcNow());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_file_that_cannot_be_taken_is_refused_with_its_reason_and_what_was_there_stays(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await service.Import(Records(20));
        var before = JsonSerializer.Serialize(await service.Get<AdvisoriesBody>("/v1/advisories"));
        var whole = Records(30);
        foreach (var (file, why) in new (byte[], string)[]
        {
            (whole[..^30], "it "), ("PK"u8.ToArray(), "it "), (Osv.Zip("{}"), "it holds no record that can be read"), ("an image"u8.ToArray(), "it is neither"), ([], "it is neither"),
            ("""{"vulnerabilities":[]}"""u8.ToArray(), "it holds no record"), ("""{"vulnerabilities":"""u8.ToArray(), "it is not JSON"),
        })
        {
            var (status, type, detail) = await Refused(service, file, "?replace=true");
            Assert.Equal((HttpStatusCode.UnprocessableEntity, "/problems/unusable-advisories"), (status, type));
            Assert.StartsWith(why, detail, StringComparison.Ordinal);
            Assert.EndsWith("; nothing was changed", detail, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.BadRequest, (await Refused(service, whole, "?ecosystem=Debian:12")).Item1);
        Assert.Equal(before, JsonSerializer.Serialize(await service.Get<AdvisoriesBody>("/v1/advisories")));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_import_that_takes_a_tenth_away_is_refused_unless_it_is_meant(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await service.Import(Records(20));
        var (status, type, detail) = await Refused(service, Records(17));
        Assert.Equal((HttpStatusCode.Conflict, "/problems/advisories-vanish"), (status, type));
        Assert.Contains("npm: 3 of its 20 records would vanish", detail, StringComparison.Ordinal);
        Assert.Contains("?replace=true", detail, StringComparison.Ordinal);
        var kept = await service.Get<AdvisoriesBody>("/v1/advisories");
        Assert.Equal((1L, 20, true), (kept.Epoch, kept.Sources[0].Records, kept.Sources[0].Failure!.Contains("vanish", StringComparison.Ordinal)));
        Assert.Equal(3, Assert.Single((await service.Import(Records(17), "?replace=true")).Sources).Vanished);
        var taken = await service.Get<AdvisoriesBody>("/v1/advisories");
        Assert.Equal((2L, 17, null), (taken.Epoch, taken.Sources[0].Records, taken.Sources[0].Failure));
    }

    [Fact]
    public async Task A_file_above_the_limit_of_uploads_is_refused()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("UPLOAD_LIMIT", "1Mi"));
        using var answer = await service.Send(new byte[(1 << 20) + 1]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Records(1)), "file", "all.zip" } };
        using var sent = await service.Http.PostAsync("/v1/advisories", form, Ct);
        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_client_brings_a_file_in_and_reads_what_follows(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var client = new PlimsollClient(new PlimsollClientOptions(new Uri(service.Address)) { Token = Samples.Service.AdminToken });
        var digest = (await service.Inspect(Osv.Image("left", "1.0.0"))).Images[0];
        var unknown = await Assert.ThrowsAsync<PlimsollException>(async () => await client.Images.Vulnerabilities(digest, Ct).ToListAsync(Ct));
        Assert.Equal((404, "no-advisory-data"), (unknown.Status, unknown.Type));

        var carried = new DateTimeOffset(2026, 7, 5, 12, 0, 0, TimeSpan.Zero);
        Assert.Equal(1, (await client.Advisories.Import(Archive.OfStream(new MemoryStream(Records(1))), "npm", replace: false, carried, Ct)).Epoch);
        Assert.Equal(carried, (await client.Advisories.Get(Ct)).AsOf);
        var found = Assert.Single(await client.Vulnerabilities.All(Engine.Reports.Severity.High, exploited: false, fixable: true, Ct).ToListAsync(Ct));
        Assert.Equal(("CVE-2026-0000", 1, 1), (found.Id, found.Packages, found.Images));
        Assert.Equal("GHSA-0000", Assert.Single((await client.Vulnerabilities.Get("CVE-2026-0000", Ct)).Records).Id);
        Assert.Equal(digest, Assert.Single(await client.Vulnerabilities.Images("ghsa-0000", Ct).ToListAsync(Ct)).Image.Digest);
        var none = await Assert.ThrowsAsync<PlimsollException>(() => client.Vulnerabilities.Get("CVE-1", Ct));
        Assert.Equal((404, "vulnerability-not-known"), (none.Status, none.Type));
    }
}
