using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Engine.Advisories.Library;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;
using static Plimsoll.Service.Tests.Advisories.Fleet;

namespace Plimsoll.Service.Tests.Advisories;

public sealed class ImportTests(PostgresServer postgres, RedisServer redis)
{
    const string Cve = "\"aliases\": [\"CVE-2026-1\"],";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_was_found_once_is_matched_again_when_advisories_come_and_nothing_is_inspected(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0", "jinja2 3.0");
        await fleet.Add(2, "flask 2.0");
        Assert.Empty(await fleet.Vulnerabilities());
        await fleet.Bring("PyPI", Record("EX-1", "flask", more: Cve));
        Assert.Equal(["flask 1.0: EX-1 is CVE-2026-1, unrated, fixed in 2"], await fleet.Vulnerabilities());
        await fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: "3", more: Cve), Record("EX-2", "jinja2", fixedIn: null));
        Assert.Equal(
            ["flask 1.0: EX-1 is CVE-2026-1, unrated, fixed in 3", "flask 2.0: EX-1 is CVE-2026-1, unrated, fixed in 3", "jinja2 3.0: EX-2 is EX-2, unrated"], await fleet.Vulnerabilities());
        await fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: "3", more: $"{Cve} \"withdrawn\": \"2026-02-01T00:00:00Z\","));
        Assert.Empty(await fleet.Vulnerabilities());
        await using var db = await fleet.Service.Database();
        Assert.Equal(1, await db.Inspections.CountAsync(Ct));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task The_same_again_changes_and_tells_nothing(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        var first = await fleet.Bring("PyPI", Record("EX-1", "flask"));
        var (rows, told) = (await fleet.Vulnerabilities(), await fleet.Told());
        var second = await fleet.Bring("PyPI", Record("EX-1", "flask"));
        Assert.Equal((first.Epoch, 0), (second.Epoch, second.Told));
        Assert.Equal(rows, await fleet.Vulnerabilities());
        Assert.Equal(told, await fleet.Told());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_import_that_would_lose_a_tenth_is_refused_and_says_so(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "package-3 1.0");
        await fleet.Bring("PyPI", Enumerable.Range(0, 20).Select(number => Record($"EX-{number}", $"package-{number}")));
        var before = await fleet.Vulnerabilities();
        Assert.Single(before);
        var refused = await fleet.TryBring("PyPI", replace: false, Enumerable.Range(5, 15).Select(number => Record($"EX-{number}", $"package-{number}")));
        Assert.Equal("5 of its 20 records would vanish, more than a tenth", Assert.Single(refused.Failures).Reason);
        Assert.Equal(before, await fleet.Vulnerabilities());
        await using var db = await fleet.Service.Database();
        var source = await db.AdvisorySources.SingleAsync(row => row.Name == "PyPI", Ct);
        Assert.Contains("more than a tenth", source.Failure);
        Assert.NotNull(source.AsOf);
        await fleet.TryBring("PyPI", replace: false, Enumerable.Range(1, 19).Select(number => Record($"EX-{number}", $"package-{number}")));
        Assert.Null((await db.AdvisorySources.AsNoTracking().SingleAsync(row => row.Name == "PyPI", Ct)).Failure);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_source_that_is_no_use_leaves_what_was_there(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        await fleet.Bring("PyPI", Record("EX-1", "flask"));
        var before = await fleet.Vulnerabilities();
        var failed = await fleet.TryBring("PyPI", replace: false, "this is no record");
        Assert.Equal("it holds no record that can be read", Assert.Single(failed.Failures).Reason);
        Assert.Equal(before, await fleet.Vulnerabilities());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_import_that_ends_in_the_middle_leaves_the_epoch_of_before_whole(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        await fleet.Bring("PyPI", Record("EX-1", "flask"));
        var before = await fleet.Vulnerabilities();
        await using var db = await fleet.Service.Database();
        // The last thing that an import writes is refused, when all else is written.
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE advisory_events RENAME TO lost", Ct);
        await Assert.ThrowsAnyAsync<Exception>(() => fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: "3"), Record("EX-2", "flask")));
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE lost RENAME TO advisory_events", Ct);
        Assert.Equal(before, await fleet.Vulnerabilities());
        Assert.Equal(1, await db.Epochs.CountAsync(Ct));
        await fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: "3"), Record("EX-2", "flask"));
        Assert.Equal(["flask 1.0: EX-1 is EX-1, unrated, fixed in 3", "flask 1.0: EX-2 is EX-2, unrated, fixed in 2"], await fleet.Vulnerabilities());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Advisories_that_cannot_be_read_are_none_and_can_be_brought_anew(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        await fleet.Bring("PyPI", Record("EX-1", "flask"));
        await using var db = await fleet.Service.Database();
        // As a version would leave them that writes them in another form.
        await db.LibraryPieces.ExecuteUpdateAsync(set => set.SetProperty(row => row.Content, new byte[100]), Ct);
        using var shelf = ActivatorUtilities.CreateInstance<AdvisoryShelf>(fleet.Service.Services);
        Assert.Null(await shelf.Borrow(Ct));
        await fleet.Bring("PyPI", Record("EX-1", "flask"), Record("EX-2", "flask"));
        using var library = await shelf.Borrow(Ct, 2);
        Assert.Equal(2, Assert.Single(library!.Sources).Records);
        Assert.Equal(2, (await fleet.Vulnerabilities()).Count);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Pieces_of_past_epochs_go_and_those_of_other_sources_are_kept_once(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Bring("npm", Enumerable.Range(0, 50).Select(number => Record($"NPM-{number}", $"package-{number}", ecosystem: "npm")));
        for (var round = 0; round < 5; round++)
            await fleet.Bring("PyPI", Record("EX-1", "flask", fixedIn: $"{round}"));
        await using var db = await fleet.Service.Database();
        var epochs = await db.Epochs.OrderBy(row => row.Number).ToListAsync(Ct);
        Assert.Equal(6, epochs.Count);
        Assert.All(epochs.Take(4), epoch => Assert.Empty(epoch.Pieces));
        // A header, a directory and the changed source of both epochs, and the source that they share.
        Assert.Equal(7, await db.LibraryPieces.CountAsync(Ct));
        await fleet.Add(2, "flask 3.5");
        Assert.Equal(["flask 3.5: EX-1 is EX-1, unrated, fixed in 4"], await fleet.Vulnerabilities());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_source_that_fails_keeps_no_other_from_being_taken(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Add(1, "flask 1.0");
        await fleet.Bring("npm", Record("NPM-1", "x", ecosystem: "npm"), Record("NPM-2", "y", ecosystem: "npm"));
        var result = await fleet.Import.Run((import, ct) =>
        {
            using var folder = new TemporaryFolder();
            var failures = new List<SourceFailure>();
            foreach (var (ecosystem, records) in new[] { ("npm", (string[])[Record("NPM-1", "x", ecosystem: "npm")]), ("PyPI", [Record("EX-1", "flask")]), ("Go", ["no record"]) })
            {
                using var zip = File.OpenHandle(folder.Write($"{Guid.NewGuid():N}.zip", Zip(records)));
                if (import.Add(zip, ecosystem, new Provenance(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow(), "a test"), null, ct) is { } failure)
                    failures.Add(new(ecosystem, failure));
            }
            return Task.FromResult<IReadOnlyList<SourceFailure>>(failures);
        }, replace: false, wholly: false, Ct);
        Assert.Equal(["Go: it holds no record that can be read", "npm: 1 of its 2 records would vanish, more than a tenth"], result.Failures.Select(failure => $"{failure.Source}: {failure.Reason}"));
        Assert.Equal("PyPI", Assert.Single(result.Changes).Source.Name);
        Assert.Single(await fleet.Vulnerabilities());
        using var library = await fleet.Service.Services.GetRequiredService<AdvisoryShelf>().Borrow(Ct, result.Epoch);
        Assert.Equal(["PyPI 1", "npm 2"], library!.Sources.Select(source => $"{source.Name} {source.Records}"));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_comes_as_one_is_taken_as_one_or_not_at_all(Mode mode)
    {
        await using var fleet = await Fleet.Start(mode, postgres, redis);
        await fleet.Bring("npm", Record("NPM-1", "x", ecosystem: "npm"), Record("NPM-2", "y", ecosystem: "npm"));
        var result = await fleet.Import.Run((import, ct) =>
        {
            using var folder = new TemporaryFolder();
            using var zip = File.OpenHandle(folder.Write($"{Guid.NewGuid():N}.zip", Zip(Record("NPM-1", "x", ecosystem: "npm"), Record("EX-1", "flask"))));
            Assert.Null(import.Add(zip, null, new Provenance(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow(), "a test"), null, ct));
            return Task.FromResult<IReadOnlyList<SourceFailure>>([]);
        }, replace: false, wholly: true, Ct);
        Assert.True(Assert.Single(result.Failures).IsLoss);
        Assert.Empty(result.Changes);
        using var library = await fleet.Service.Services.GetRequiredService<AdvisoryShelf>().Borrow(Ct, result.Epoch);
        Assert.Equal(["npm 2"], library!.Sources.Select(source => $"{source.Name} {source.Records}"));
    }
}
