using System.Net;
using System.Text.Json.Nodes;
using Plimsoll.Operator.Hosting;
using Plimsoll.Operator.Rollouts;
using Plimsoll.Operator.Tests.Samples;
using Plimsoll.Store.Settings;

namespace Plimsoll.Operator.Tests.Rollouts;

/// <summary>The process: who of several works, how it begins and ends, and what it says of itself.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task Of_two_replicas_one_works_and_the_other_goes_on_when_it_ends()
    {
        await using var shop = await Shop.Open();
        await using var first = await shop.Operate();
        shop.Roll(Shop.Good);
        await shop.Until(one => one.Phase is Phase.Done);
        await using var second = await shop.Operate();
        await Ready(second);
        Assert.Equal((true, false), (first.Lease.Holds, second.Lease.Holds));

        await first.Stop();
        shop.Roll("registry.example/web:3");

        await shop.Until(one => one.Phase is Phase.Done && one.Current == shop.Digest("registry.example/web:3"));
        Assert.Equal((false, true, false), (first.Lease.Holds, second.Lease.Holds, first.HasFailed));
    }

    [Fact]
    public async Task Who_lost_the_lease_writes_nothing_more_and_ends_as_failed()
    {
        await using var shop = await Shop.Open();
        await using var running = await shop.Operate();
        shop.Roll(Shop.Good);
        await shop.Until(one => one.Phase is Phase.Done);

        shop.Server.Of("leases").Change("shop/plimsoll-operator", lease =>
        {
            lease!["spec"]!["holderIdentity"] = "another";
            return lease;
        });

        var ending = new TaskCompletionSource();
        await using var _ = running.Ending.Register(ending.SetResult);
        await ending.Task.Soon();
        Assert.True(running.HasFailed);
        Assert.Equal("another", (string?)shop.Server.Of("leases").Find("shop/plimsoll-operator")!["spec"]!["holderIdentity"]);
    }

    [Fact]
    public async Task It_lives_before_it_is_ready_and_a_server_that_is_away_does_not_change_that()
    {
        await using var shop = await Shop.Open();
        var isAway = true;
        shop.Server.Fault = context =>
        {
            if (isAway)
                context.Abort();
            return Task.FromResult(isAway);
        };
        await using var running = await shop.Operate();

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (await Code(running, "/health"), await Code(running, "/health/live"), await Code(running, "/health/ready")));
        isAway = false;
        await Ready(running);
        isAway = true;
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await Code(running, "/health/live"), await Code(running, "/health/ready")));
    }

    [Fact]
    public async Task The_verb_prints_what_the_chart_has_and_an_unknown_one_is_refused()
    {
        Assert.Equal(64, await Verbs.Run(["roll"]));
        Assert.Equal(78, await Verbs.Run(["serve"]));
        Assert.Equal(0, await Verbs.Run(["crd"]));
    }

    [Theory]
    [InlineData("PLIMSOLL_URL", "plimsoll:8000")]
    [InlineData("PUBLIC_URL", "no address")]
    [InlineData("PULL_SECRETS", "yes")]
    [InlineData("WORKERS", "0")]
    [InlineData("WORKERS", "65")]
    [InlineData("LOG_LEVEL", "LOUD")]
    [InlineData("PLIMSOLL_TOKEN_FILE", "/nowhere/token")]
    public void A_setting_that_nobody_can_work_with_is_named(string name, string value)
    {
        var settings = new Dictionary<string, string> { ["PLIMSOLL_URL"] = "http://plimsoll", [name] = value };
        Assert.Equal(name, Assert.Throws<SettingsException>(() => OperatorSettings.Read(settings.GetValueOrDefault)).Variable);
    }

    [Fact]
    public void Settings_are_read_as_they_are_given()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "secret\n");
        var given = new Dictionary<string, string>
        {
            ["PLIMSOLL_URL"] = "http://plimsoll.tools.svc", ["PLIMSOLL_TOKEN_FILE"] = file, ["PUBLIC_URL"] = "https://plimsoll.example", ["WATCH_NAMESPACES"] = "shop, bank,shop", ["PULL_SECRETS"] = "true",
            ["WORKERS"] = "8", ["LOG_LEVEL"] = "debug", ["LEASE_NAME"] = "lease", ["POD_NAME"] = "pod", ["POD_NAMESPACE"] = "tools",
        };
        var settings = OperatorSettings.Read(given.GetValueOrDefault);
        File.Delete(file);

        Assert.Equal((new Uri("http://plimsoll.tools.svc/"), "secret", new Uri("https://plimsoll.example/")), (settings.Service, settings.Token, settings.PublicUrl));
        Assert.Equal(["shop", "bank"], settings.Namespaces);
        Assert.Equal((true, 8, Microsoft.Extensions.Logging.LogLevel.Debug, "lease", ("pod", "tools")), (settings.PullSecrets, settings.Workers, settings.LogLevel, settings.Lease, settings.Pod));
    }

    static async Task<HttpStatusCode> Code(RunningOperator running, string path)
    {
        using var answer = await running.Http.GetAsync(path, Patience.Ct);
        Assert.NotNull(JsonNode.Parse(await answer.Content.ReadAsStringAsync(Patience.Ct))!["status"]);
        return answer.StatusCode;
    }

    static async Task Ready(RunningOperator running)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await Code(running, "/health/ready") != HttpStatusCode.OK)
            await timer.WaitForNextTickAsync(Patience.Ct).Soon();
    }
}
