using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Advisories;

namespace Plimsoll.Service.Tests.Advisories;

/// <summary>A process that imports advisories is killed (SIGKILL) while it writes to a table that somebody else holds.</summary>
[Trait("Category", "Slow")]
public sealed class KilledImportTests(PostgresServer postgres, RedisServer redis)
{
    const string Waiting = "SELECT COALESCE(STRING_AGG(query, '; '), '') FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData("advisory_pieces"), InlineData("advisory_epochs"), InlineData("vulnerabilities"), InlineData("advisory_events"), InlineData("advisory_sources")]
    public async Task It_leaves_an_epoch_and_all_that_belongs_to_it_and_the_next_goes_on(string held)
    {
        var database = await postgres.NewDatabase();
        await using var fleet = await Fleet.Start(Mode.Scaled, postgres, redis, ("DATABASE_URL", database), ("ADVISORY_SOURCE", "off"));
        await fleet.Add(1, "flask 1.0", "jinja2 1.0");
        await fleet.Bring("PyPI", Fleet.Record("EX-1", "flask"), Fleet.Record("EX-2", "jinja2"));
        var before = await State(fleet);
        // One is mended in another version, one is new, one is gone.
        var upload = Fleet.Zip(Fleet.Record("EX-1", "flask", "3"), Fleet.Record("EX-3", "flask"));

        await using (var process = await ApiProcess.Start(Shared(database)))
        await using (var holder = await Connect(fleet))
        // Within one transaction all looks at who waits show the same moment.
        await using (var observer = await Connect(fleet))
        {
            await using var transaction = await holder.BeginTransactionAsync(Ct);
            await Run(holder, $"LOCK TABLE {held} IN SHARE MODE");
            var answer = Upload(process, upload);
            await Wait.Until(async () => (await Ask(observer, Waiting)).Contains($" {held} ", StringComparison.Ordinal));
            await process.Kill();
            await Assert.ThrowsAsync<HttpRequestException>(() => answer);
            await transaction.RollbackAsync(Ct);
            // Its connections end when PostgreSQL sees that nobody is there any more.
            await Wait.Until(async () => await Ask(observer, Waiting) == "");
        }
        fleet.Service.Services.GetRequiredService<AdvisoryShelf>().Expire();
        // The sources are noted when all else is there: then the new epoch is whole.
        var committed = held == "advisory_sources";
        await Wait.Until(async () => (await State(fleet)).Epoch == (committed ? 2 : 1));
        if (!committed)
            Assert.Equal(before, await State(fleet));

        await using var next = await ApiProcess.Start(Shared(database));
        using (var taken = await Upload(next, upload))
            Assert.True(taken.IsSuccessStatusCode, await taken.Content.ReadAsStringAsync(Ct));
        fleet.Service.Services.GetRequiredService<AdvisoryShelf>().Expire();
        Assert.Equal(new(2, 2, "flask 1.0: EX-1 is EX-1, unrated, fixed in 3; flask 1.0: EX-3 is EX-3, unrated, fixed in 2", "Digest; Withdrawn EX-2; NewAdvisory EX-3"), await State(fleet));
    }

    /// <param name="Shelf">The epoch of the advisories that reports are judged by.</param>
    sealed record Stored(long Epoch, long Shelf, string Vulnerabilities, string Told);

    static async Task<Stored> State(Fleet fleet)
    {
        await using var db = await fleet.Service.Database();
        using var library = await fleet.Service.Services.GetRequiredService<AdvisoryShelf>().Borrow(Ct);
        return new(await db.Epochs.MaxAsync(row => row.Number, Ct), library!.Epoch, string.Join("; ", await fleet.Vulnerabilities()), string.Join("; ", await fleet.Told()));
    }

    Dictionary<string, string> Shared(string database) => new(Samples.Service.Shared(database, redis)) { ["ADVISORY_SOURCE"] = "off" };

    static async Task<HttpResponseMessage> Upload(ApiProcess process, byte[] zip)
    {
        using var http = new HttpClient { BaseAddress = process.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Samples.Service.AdminToken);
        return await http.PostAsync("/v1/advisories?ecosystem=PyPI&replace=true", new ByteArrayContent(zip), Ct);
    }

    static async Task<NpgsqlConnection> Connect(Fleet fleet)
    {
        await using var db = await fleet.Service.Database();
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(db.Database.GetConnectionString()) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(Ct);
        return connection;
    }

    static async Task Run(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    static async Task<string> Ask(NpgsqlConnection connection, string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        return (string)(await command.ExecuteScalarAsync(Ct))!;
    }
}
