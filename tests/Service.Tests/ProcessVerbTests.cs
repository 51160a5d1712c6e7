using System.Diagnostics;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

/// <summary>The verbs of the programs in the images beside <c>serve</c>, as processes.</summary>
public sealed class ProcessVerbTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static Process Start(string database, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Plimsoll.Worker.dll"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DATABASE_URL"] = database;
        return Process.Start(start)!;
    }

    static async Task<(int Code, string Error)> End(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync(Ct);
        var error = await process.StandardError.ReadToEndAsync(Ct);
        await output;
        await process.WaitForExitAsync(Ct);
        return (process.ExitCode, error);
    }

    [Fact(Timeout = 120_000)]
    public async Task Migrate_waits_for_a_database_that_is_installed_together_with_it()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var own = new PostgresServer();
        await own.InitializeAsync();
        var database = await own.NewDatabase();
        await own.Stop();
        using var migrate = Start(database, "migrate", "--wait", "100");
        Assert.StartsWith("waiting for the database: ", await migrate.StandardOutput.ReadLineAsync(ct), StringComparison.Ordinal);
        await own.Start();
        Assert.Equal((0, ""), await End(migrate));
    }

    [Fact]
    public async Task Migrate_alone_says_at_once_that_the_database_is_away()
    {
        using var migrate = Start($"postgres://plimsoll@127.0.0.1:{Server.FreePort()}/none", "migrate");
        var (code, error) = await End(migrate);
        Assert.Equal((1, 1), (code, error.Count(c => c == '\n')));
    }

    [Fact]
    public async Task Healthcheck_asks_the_address_that_it_is_given()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        foreach (var (path, expected) in new[] { ("/health/ready", 0), ("/nowhere", 1) })
        {
            using var check = Start("", "healthcheck", new Uri(service.Http.BaseAddress!, path).ToString());
            Assert.Equal(expected, (await End(check)).Code);
        }
        using var wrong = Start("", "healthcheck", "nowhere");
        Assert.Equal(64, (await End(wrong)).Code);
    }
}
