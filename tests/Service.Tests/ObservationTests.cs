using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class ObservationTests
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    // In a process of its own: a meter is everybody's within one.
    [Fact]
    public async Task What_the_service_did_is_in_its_metrics()
    {
        using var data = new TemporaryFolder();
        await using var api = await ApiProcess.Start(new Dictionary<string, string> { ["DATA_DIR"] = data.At(""), ["SECRET_KEY"] = new('k', 40), ["ADMIN_TOKEN"] = Samples.Service.AdminToken });
        using var http = new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Samples.Service.AdminToken) } };
        // What has not happened yet is counted as nothing, or Prometheus would not see the first time.
        var before = await http.GetStringAsync("/metrics", Ct);
        Assert.All(["succeeded", "failed", "cancelled"], state => Assert.Equal(0, Value(before, "plimsoll_inspections_total", $"state=\"{state}\"")));
        Assert.All(["delivered", "retried", "dead"], outcome => Assert.Equal(0, Value(before, "plimsoll_webhook_attempts_total", $"outcome=\"{outcome}\"")));
        byte[][] bodies = [TinyImage.Archive(1), TinyImage.Archive(1, user: "1001"), [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3]];
        foreach (var body in bodies)
        {
            using var answer = await http.PostAsync("/v1/inspections", new ByteArrayContent(body), Ct);
            // Its events end with it.
            await http.GetStringAsync($"{answer.Headers.Location}/events", Ct);
        }
        var metrics = await http.GetStringAsync("/metrics", Ct);
        Assert.Equal(2, Value(metrics, "plimsoll_inspections_total", "state=\"succeeded\""));
        Assert.Equal(1, Value(metrics, "plimsoll_inspections_total", "state=\"failed\""));
        Assert.Equal(2, Value(metrics, "plimsoll_inspection_seconds_count"));
        Assert.True(Value(metrics, "plimsoll_inspection_bytes_total") > 1000);
        // The two images share their layer.
        Assert.True(Value(metrics, "plimsoll_layer_cache_hits_total") >= 1);
        Assert.True(Value(metrics, "plimsoll_queue_depth") >= 0);
        Assert.True(Value(metrics, "plimsoll_queue_oldest_seconds") >= 0);
        Assert.Contains("http_server_request_duration_seconds_bucket", metrics);
    }

    [Fact]
    public async Task A_dependency_that_cannot_be_reached_shows_and_comes_back()
    {
        await using var postgres = new PostgresServer();
        await using var redis = new RedisServer();
        await postgres.InitializeAsync();
        await redis.InitializeAsync();
        Assert.SkipWhen(redis.Missing is not null, redis.Missing ?? "");
        using var data = new TemporaryFolder();
        await using var api = await ApiProcess.Start(new Dictionary<string, string>(Samples.Service.Shared(await postgres.NewDatabase(), redis)) { ["DATA_DIR"] = data.At("") });
        using var http = new HttpClient { BaseAddress = api.Address };
        Task Shows(int database, int cache) => Wait.Until(async () =>
        {
            var metrics = await http.GetStringAsync("/metrics", Ct);
            // Nothing is said before the first look.
            return metrics.Contains("plimsoll_dependency_up{", StringComparison.Ordinal)
                && (Value(metrics, "plimsoll_dependency_up", "dependency=\"database\""), Value(metrics, "plimsoll_dependency_up", "dependency=\"redis\"")) == (database, cache);
        });
        await Shows(1, 1);
        await redis.Stop();
        await Shows(1, 0);
        await postgres.Stop();
        await Shows(0, 0);
        await redis.Start();
        await postgres.Start();
        await Shows(1, 1);
    }

    [Fact]
    public async Task Without_Redis_and_PostgreSQL_only_the_database_is_a_dependency()
    {
        using var data = new TemporaryFolder();
        await using var api = await ApiProcess.Start(new Dictionary<string, string> { ["DATA_DIR"] = data.At("") });
        using var http = new HttpClient { BaseAddress = api.Address };
        var metrics = "";
        await Wait.Until(async () => (metrics = await http.GetStringAsync("/metrics", Ct)).Contains("plimsoll_dependency_up{", StringComparison.Ordinal));
        Assert.Equal(1, Value(metrics, "plimsoll_dependency_up"));
        Assert.DoesNotContain("dependency=\"redis\"", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_others_write_neither_ends_a_line_of_the_log_nor_brings_a_secret_into_it()
    {
        using var data = new TemporaryFolder();
        var secret = "a-secret-key-of-more-than-32-bytes-for-this-test";
        await using var api = await ApiProcess.Start(new Dictionary<string, string>
        {
            ["DATA_DIR"] = data.At(""), ["SECRET_KEY"] = secret, ["ADMIN_TOKEN"] = Samples.Service.AdminToken, ["LOG_LEVEL"] = "DEBUG",
        });
        using var http = new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Samples.Service.AdminToken) } };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", "evil/1.0 ({\"Message\":\"forged\"})");
        await http.GetAsync("/v1/images/a%0d%0a%7B%22Message%22:%22forged%22%7D?x=%1b%5b31m", Ct);
        await http.PostAsync("/v1/inspections", new StringContent("{\"image\":\"127.0.0.1:1/a:b\",\"credentials\":{\"username\":\"me\",\"password\":\"hunter2-in-clear\"}}", null, "application/json"), Ct);
        await http.PostAsync("/v1/tokens", new StringContent("{\"name\":\"line\\nforged\",\"scopes\":\"read\"}", null, "application/json"), Ct);

        var lines = await api.Stop();
        Assert.True(lines.Count > 1, string.Join('\n', lines));
        // The first line is for whoever started it by hand.
        Assert.All(lines.Skip(1), line => System.Text.Json.JsonDocument.Parse(line).Dispose());
        var log = string.Join('\n', lines);
        Assert.DoesNotContain(secret, log);
        Assert.DoesNotContain(Samples.Service.AdminToken, log);
        Assert.DoesNotContain("hunter2-in-clear", log);
        Assert.DoesNotContain("\u001b", log);
    }

    static double Value(string metrics, string name, string label = "")
    {
        var line = metrics.Split('\n').SingleOrDefault(one => one.Split('{', ' ')[0] == name && one.Contains(label, StringComparison.Ordinal));
        Assert.True(line is not null, $"there is no {name} in\n{string.Join('\n', metrics.Split('\n').Where(one => one.StartsWith("plimsoll", StringComparison.Ordinal)))}");
        return double.Parse(line.Split("} ")[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
