using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine.Reports;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;
using static Plimsoll.Service.Tests.Advisories.Fleet;

namespace Plimsoll.Service.Tests.Advisories;

public sealed class RematchTests(PostgresServer postgres, RedisServer redis)
{
    const string Cvss = "\"severity\": [{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],", Mild = "\"severity\": [{\"type\": \"CVSS_V3\", \"score\": \"CVSS:3.1/AV:L/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N\"}],";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task One_message_tells_of_a_problem_whatever_number_of_images_has_it(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        for (var image = 1; image <= 5; image++)
            await fleet.Add(image, $"flask 1.{image}", "jinja2 1.0");
        await fleet.Bring("PyPI", Record("EX-0", "nothing-of-ours"));
        await fleet.Bring("PyPI", Record("EX-0", "nothing-of-ours"), Record("EX-1", "flask", more: Mild));
        Assert.Equal(["NewAdvisory EX-1"], await fleet.Told());
        await fleet.Bring("PyPI", Record("EX-0", "nothing-of-ours"), Record("EX-1", "flask", more: Cvss));
        Assert.Equal("SeverityRaised EX-1", (await fleet.Told())[^1]);
        await fleet.Bring("PyPI", Record("EX-0", "nothing-of-ours"));
        Assert.Equal("Withdrawn EX-1", (await fleet.Told())[^1]);
        Assert.Equal(3, (await fleet.Told()).Count);
        await using var db = await fleet.Service.Database();
        var data = (await db.AdvisoryEvents.OrderBy(row => row.Id).FirstAsync(Ct)).Data;
        Assert.Contains("\"imageCount\":5", data, StringComparison.Ordinal);
        Assert.Contains("\"severity\":\"low\"", data, StringComparison.Ordinal);
        Assert.Contains("\"cause\":\"new-advisory\"", data, StringComparison.Ordinal);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_fix_and_a_component_that_no_image_had_are_told_of(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: null));
        Assert.Empty(await fleet.Told());
        await fleet.Add(1, "flask 1.0");
        Assert.Equal(["NewComponent EX-1"], await fleet.Told());
        await fleet.Add(2, "flask 1.0");
        Assert.Single(await fleet.Told());
        await fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: "2"));
        Assert.Equal(["NewComponent EX-1", "FixAvailable EX-1"], await fleet.Told());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Another_name_for_a_known_problem_is_no_news(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        await fleet.Bring("PyPI", Record("GHSA-1", "flask"));
        var told = await fleet.Told();
        await fleet.Bring("PyPI", Record("GHSA-1", "flask", more: "\"aliases\": [\"CVE-2026-1\"],"));
        Assert.Equal(["flask 1.0: GHSA-1 is CVE-2026-1, unrated, fixed in 2"], await fleet.Vulnerabilities());
        // Another record of the same problem, and then that record alone.
        await fleet.Bring("PyPI", Record("GHSA-1", "flask", more: "\"aliases\": [\"CVE-2026-1\"],"), Record("PYSEC-1", "flask", more: "\"aliases\": [\"CVE-2026-1\"],"));
        await fleet.Bring("PyPI", Record("PYSEC-1", "flask", more: "\"aliases\": [\"CVE-2026-1\"],"));
        Assert.Equal(["flask 1.0: PYSEC-1 is CVE-2026-1, unrated, fixed in 2"], await fleet.Vulnerabilities());
        Assert.Equal(told, await fleet.Told());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_record_that_names_no_package_can_give_a_problem_its_name(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        await fleet.Bring("PyPI", Record("EX-1", "flask"));
        await fleet.Bring("GIT", """{"id": "OSV-1", "modified": "2026-01-01T00:00:00Z", "aliases": ["EX-1", "CVE-2026-7"], "affected": []}""");
        Assert.Equal(["flask 1.0: EX-1 is CVE-2026-7, unrated, fixed in 2"], await fleet.Vulnerabilities());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_first_import_of_a_source_and_a_day_of_many_are_one_message_each(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, Enumerable.Range(0, 60).Select(number => $"package-{number} 1.0"));
        await fleet.Bring("PyPI", Record("EX-0", "package-0"));
        Assert.Equal(["Digest"], await fleet.Told());
        await fleet.Bring("PyPI", Enumerable.Range(0, 60).Select(number => Record($"EX-{number}", $"package-{number}")));
        Assert.Equal(["Digest", "Digest"], await fleet.Told());
        Assert.Equal(60, (await fleet.Vulnerabilities()).Count);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Images_with_the_same_packages_share_them(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await using var db = await fleet.Service.Database();
        var before = await db.ComponentSets.CountAsync(Ct);
        for (var image = 1; image <= 4; image++)
            await fleet.Add(image, "flask 1.0", "jinja2 2.0", "jinja2 2.0");
        await fleet.Add(5, "jinja2 2.0");
        Assert.Equal((before + 2, 2, 3), (await db.ComponentSets.CountAsync(Ct), await db.Components.CountAsync(Ct), await db.ComponentSetItems.CountAsync(Ct)));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Images_of_a_version_without_components_get_them_of_their_reports(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Store(1, "flask 1.0");
        await using var db = await fleet.Service.Database();
        await db.Images.ExecuteUpdateAsync(set => set.SetProperty(row => row.ComponentSetId, (int?)null), Ct);
        await db.ComponentSets.ExecuteDeleteAsync(Ct);
        await db.Components.ExecuteDeleteAsync(Ct);
        await fleet.Bring("PyPI", Record("EX-1", "flask"));
        Assert.Equal(["flask 1.0: EX-1 is EX-1, unrated, fixed in 2"], await fleet.Vulnerabilities());
        Assert.Equal(0, await db.Images.CountAsync(row => row.ComponentSetId == null, Ct));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task All_is_matched_again_and_comes_out_the_same(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0", "jinja2 1.0");
        await fleet.Bring("PyPI", Record("EX-1", "flask"), Record("EX-2", "jinja2"));
        var (rows, told) = (await fleet.Vulnerabilities(), await fleet.Told());
        await using var db = await fleet.Service.Database();
        // As an older version left them.
        await db.Vulnerabilities.Where(row => row.AdvisoryId == "EX-1").ExecuteDeleteAsync(Ct);
        Assert.Equal(2, await fleet.MatchAgain());
        Assert.Equal(rows, await fleet.Vulnerabilities());
        Assert.Equal([.. told, "NewAdvisory EX-1"], await fleet.Told());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_an_image_says_of_itself_keeps_no_other_from_being_matched(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Store(1, "flask 1.0");
        // A distribution, an architecture and a report as nobody writes them, stored by a version without components.
        await using var db = await fleet.Service.Database();
        var odd = fleet.Report(2) with { Config = fleet.Report(2).Config with { OperatingSystem = new OsRelease("ubuntu", "22\0.04", "U") }, Packages = [new PackageReport("deb", "curl", "1", "pkg:deb/ubuntu/curl@1?arch=a%00b", null, 0, [], [], null, null)] };
        await fleet.Store(odd);
        await db.Images.ExecuteUpdateAsync(set => set.SetProperty(row => row.ComponentSetId, (int?)null), Ct);
        await fleet.Store(3, "jinja2 1.0");
        var broken = await fleet.Store(4, "click 1.0");
        await db.Images.Where(row => row.Digest == broken).ExecuteUpdateAsync(set => set.SetProperty(row => row.Report, new byte[40]).SetProperty(row => row.ComponentSetId, (int?)null), Ct);
        await fleet.Bring("PyPI", Record("EX-1", "flask"), Record("EX-2", "jinja2"));
        Assert.Equal(["flask 1.0: EX-1 is EX-1, unrated, fixed in 2", "jinja2 1.0: EX-2 is EX-2, unrated, fixed in 2"], await fleet.Vulnerabilities());
        Assert.Equal(1, await db.Images.CountAsync(row => row.ComponentSetId == null, Ct));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_is_matched_in_several_goes_is_told_of_once_and_in_order(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Bring("PyPI", Record("EX-1", "a", more: "\"aliases\": [\"CVE-2026-1001\"],"), Record("EX-2", "z", more: "\"aliases\": [\"CVE-2026-1001\"],"));
        await fleet.Add(1, ["a 1.0", "z 1.0", .. Enumerable.Range(0, Rematch.Batch).Select(number => $"library-{number} 1.0")]);
        Assert.Equal(["NewComponent CVE-2026-1001"], await fleet.Told());
        await using var db = await fleet.Service.Database();
        // As if by a process whose clock is ahead.
        await db.AdvisoryEvents.ExecuteUpdateAsync(set => set.SetProperty(row => row.At, TimeProvider.System.GetUtcNow().AddHours(1)), Ct);
        await fleet.Add(2, "a 1.5");
        Assert.Equal(2, (await fleet.Told()).Count);
        var events = await db.AdvisoryEvents.AsNoTracking().OrderBy(row => row.At).ToListAsync(Ct);
        Assert.True(events[0].At < events[1].At);
    }
}
