using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Engine.Tests.Advisories.Feeds;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;
using Plimsoll.Store.Jobs;
using static Plimsoll.Service.Tests.Advisories.Fleet;

namespace Plimsoll.Service.Tests.Advisories;

public sealed class UpdateTests(PostgresServer postgres, RedisServer redis)
{
    // CISA's catalogue, from one number to another.
    static byte[] Catalogue(int first, int last) => Encoding.UTF8.GetBytes(
        $$"""{"vulnerabilities": [{{string.Join(", ", Enumerable.Range(first, last - first + 1).Select(number => $$"""{"cveID": "CVE-2026-{{number}}", "dateAdded": "2026-10-01"}"""))}}]}""");

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static IRecurringJob Update(Fleet fleet) => fleet.Service.Services.GetServices<IRecurringJob>().Single(job => job.Info == JobList.AdvisoryUpdate);

    static async Task<Fleet> Start(Mode mode, PostgresServer postgres, RedisServer redis, MirrorServer mirror) =>
        await Fleet.Start(mode, postgres, redis, ("ADVISORY_SOURCE", mirror.Address.ToString()), ("ADVISORY_KEV", new Uri(mirror.Address, "kev.json").ToString()));

    static MirrorServer Mirror(params IEnumerable<string> records)
    {
        var mirror = new MirrorServer();
        mirror.Files["/ecosystems.txt"] = "PyPI\nnpm\n"u8.ToArray();
        mirror.Files["/PyPI/all.zip"] = Zip(records);
        mirror.Files["/npm/all.zip"] = Zip(Record("NPM-1", "x", ecosystem: "npm"));
        mirror.Files["/kev.json"] = Catalogue(1001, 1020);
        return mirror;
    }

    // As if the hour were over.
    static async Task Later(Fleet fleet)
    {
        await using var db = await fleet.Service.Database();
        var before = TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(2);
        await db.AdvisorySources.ExecuteUpdateAsync(set => set.SetProperty(row => row.AsOf, row => row.AsOf == null ? null : before).SetProperty(row => row.FailedAt, row => row.FailedAt == null ? null : before), Ct);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_update_brings_what_the_images_need_and_asks_again_after_an_hour(Mode mode)
    {
        await using var mirror = Mirror(Record("EX-1", "flask", more: "\"aliases\": [\"CVE-2026-1001\"],"));
        await using var fleet = await Start(mode, postgres, redis, mirror);
        await fleet.Add(1, "flask 1.0");
        Assert.Equal(21, await Update(fleet).Run(Ct));
        Assert.Equal(["flask 1.0: EX-1 is CVE-2026-1001, High, fixed in 2, exploited"], await fleet.Vulnerabilities());
        Assert.DoesNotContain(mirror.Answered, answer => answer.Contains("/npm/", StringComparison.Ordinal));
        var asked = mirror.Answered.Count;
        Assert.Equal(0, await Update(fleet).Run(Ct));
        Assert.Equal(asked, mirror.Answered.Count);
        await Later(fleet);
        Assert.Equal(0, await Update(fleet).Run(Ct));
        Assert.Contains("304 /PyPI/all.zip", mirror.Answered);
        await using var db = await fleet.Service.Database();
        Assert.Equal(1, await db.Epochs.CountAsync(Ct));
        Assert.All(await db.AdvisorySources.ToListAsync(Ct), source => Assert.True(source.AsOf > TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(10)));
        // What is no longer exploited is no longer said to be, and is as bad as its record says.
        mirror.Files["/kev.json"] = Catalogue(1002, 1020);
        await Later(fleet);
        Assert.Equal(1, await Update(fleet).Run(Ct));
        Assert.Equal(["flask 1.0: EX-1 is CVE-2026-1001, unrated, fixed in 2"], await fleet.Vulnerabilities());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_mirror_that_dies_in_the_middle_leaves_what_was_there_and_is_told_of(Mode mode)
    {
        await using var mirror = Mirror(Record("EX-1", "flask"));
        await using var fleet = await Start(mode, postgres, redis, mirror);
        await fleet.Add(1, "flask 1.0");
        await Update(fleet).Run(Ct);
        var before = await fleet.Vulnerabilities();
        mirror.Files["/PyPI/all.zip"] = Zip(Record("EX-1", "flask", fixedIn: "3"), Record("EX-2", "flask"));
        mirror.Cuts["/PyPI/all.zip"] = 100;
        await Later(fleet);
        var failure = await Assert.ThrowsAsync<AdvisorySourceException>(() => Update(fleet).Run(Ct));
        Assert.Contains("PyPI: ", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await fleet.Vulnerabilities());
        await using var db = await fleet.Service.Database();
        var source = await db.AdvisorySources.SingleAsync(row => row.Name == "PyPI", Ct);
        Assert.Contains("broke in the middle", source.Failure, StringComparison.Ordinal);
        Assert.Null((await db.AdvisorySources.SingleAsync(row => row.Name == "KEV", Ct)).Failure);
        mirror.Cuts.Clear();
        await Later(fleet);
        Assert.Equal(2, await Update(fleet).Run(Ct));
        Assert.Equal(2, (await fleet.Vulnerabilities()).Count);
        Assert.Null((await db.AdvisorySources.AsNoTracking().SingleAsync(row => row.Name == "PyPI", Ct)).Failure);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task One_service_feeds_another(Mode mode)
    {
        await using var first = await Fleet.Start(mode, postgres, redis);
        await first.Bring("PyPI", Record("EX-1", "flask", more: "\"aliases\": [\"CVE-2026-1001\"], \"published\": \"2025-01-01T00:00:00Z\","), Record("EX-2", "jinja2"));
        var source = $"{first.Service.Address}/v1/advisories/export";
        await using (var stranger = await Fleet.Start(mode, postgres, redis, ("ADVISORY_SOURCE", source)))
        {
            await stranger.Add(1, "flask 1.0");
            Assert.Contains("answers 401", (await Assert.ThrowsAsync<AdvisorySourceException>(() => Update(stranger).Run(Ct))).Message, StringComparison.Ordinal);
        }
        await using var second = await Fleet.Start(mode, postgres, redis, ("ADVISORY_SOURCE", source), ("ADVISORY_TOKEN", Samples.Service.AdminToken));
        await second.Add(1, "flask 1.0");
        Assert.Equal(2, await Update(second).Run(Ct));
        Assert.Equal(["flask 1.0: EX-1 is CVE-2026-1001, unrated, fixed in 2"], await second.Vulnerabilities());
        // What comes second-hand is no younger than it is there.
        var old = TimeProvider.System.GetUtcNow().AddDays(-90);
        await using (var db = await first.Service.Database())
            await db.AdvisorySources.ExecuteUpdateAsync(set => set.SetProperty(row => row.AsOf, old), Ct);
        await using (var third = await Fleet.Start(mode, postgres, redis, ("ADVISORY_SOURCE", source), ("ADVISORY_TOKEN", Samples.Service.AdminToken)))
        {
            await third.Add(1, "flask 1.0");
            using var there = await first.Service.Services.GetRequiredService<AdvisoryShelf>().Borrow(Ct, 1);
            await Update(third).Run(Ct);
            using var here = await third.Service.Services.GetRequiredService<AdvisoryShelf>().Borrow(Ct, 1);
            Assert.Equal(there!.Sources[0].Provenance.AsOf, here!.Sources[0].Provenance.AsOf, TimeSpan.FromSeconds(1));
        }
        // One record that changes comes by itself.
        await first.Bring("PyPI", Record("EX-1", "flask", fixedIn: "3", more: "\"aliases\": [\"CVE-2026-1001\"],").Replace("2026-01-01", "2026-01-02", StringComparison.Ordinal), Record("EX-2", "jinja2"));
        await Later(first);
        await Later(second);
        first.Service.Services.GetRequiredService<AdvisoryShelf>().Expire();
        Assert.Equal(1, await Update(second).Run(Ct));
        Assert.Equal(["flask 1.0: EX-1 is CVE-2026-1001, unrated, fixed in 3"], await second.Vulnerabilities());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/advisories/export/PyPI/all.zip");
        using var whole = await first.Service.Http.SendAsync(request, Ct);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/v1/advisories/export/PyPI/all.zip") { Headers = { IfNoneMatch = { whole.Headers.ETag! } } };
        using var same = await first.Service.Http.SendAsync(again, Ct);
        using var none = await first.Service.Http.GetAsync("/v1/advisories/export/npm/all.zip", Ct);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified, HttpStatusCode.NotFound), (whole.StatusCode, same.StatusCode, none.StatusCode));
    }
}
