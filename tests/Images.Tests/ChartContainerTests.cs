using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Chart.Tests.Samples;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.Images.Tests;

/// <summary>
/// The images as the chart runs them: its pods, as helm renders them, in containers with their arguments, environment, rights, memory and volumes, beside PostgreSQL
/// and Redis in the chart's own pods. Not seen here is what Kubernetes alone does: the port that a Service maps, the probes' tcpSocket (on a published port it is
/// Docker that answers), the seconds of preStop, and that a pod is restarted.
/// </summary>
[Trait("Category", "Slow")]
public sealed partial class ChartContainerTests(BuiltImages images)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_default_values_make_an_API_and_a_worker_that_inspect_an_image()
    {
        var chart = await Default();
        await using var docker = await ChartOnDocker.Create();
        var (postgres, redis) = (await docker.Start(chart, "postgres"), await docker.Start(chart, "redis"));
        // Both migrate first, which waits for a PostgreSQL that is starting.
        var (api, worker) = (await docker.Start(chart, "api"), await docker.Start(chart, "worker"));
        await AllReady(postgres, redis, api, worker);
        await TheWorkerInspects(api, worker, ContainerEnvironment.Of(chart, "api")["ADMIN_TOKEN"]);

        // The pod of "helm test" calls the Service. It is rendered for a Service with the port of the container, as nothing here maps another one to it.
        var asked = await docker.Run(await Default("--set", "service.port=8000"), "test");
        Assert.True(asked.ExitCode == 0, asked.Output + asked.Error);

        // Without PostgreSQL they live, and are not ready; with it again they are.
        await postgres.Stop();
        Assert.Equal(0, await postgres.ExitCode());
        await SayOfThemselves("down", "down", "up", api, worker);
        Assert.True(await api.Probe("livenessProbe", Ct) && await worker.Probe("livenessProbe", Ct));
        Assert.False(await api.Probe("readinessProbe", Ct) || await worker.Probe("readinessProbe", Ct));
        Assert.NotEqual(0, (await docker.Run(await Default("--set", "service.port=8000"), "test")).ExitCode);
        await postgres.StartAgain();
        await AllReady(postgres, api, worker);
        // Without Redis they still serve.
        await redis.Stop();
        Assert.Equal(0, await redis.ExitCode());
        await SayOfThemselves("degraded", "up", "down", api, worker);
        Assert.True(await api.Probe("readinessProbe", Ct) && await worker.Probe("readinessProbe", Ct));
        await redis.StartAgain();
        await SayOfThemselves("up", "up", "up", api, worker);
        await EndInTime(api, worker);
    }

    [Fact]
    public async Task Databases_and_secrets_of_ones_own_and_a_job_that_migrates_do_the_same()
    {
        var own = await Default();
        // There is neither its registry nor its bucket.
        var chart = await Helm.Render([.. Helm.Case("external"), "--set", "global.image.registry=", "--set", $"global.image.tag={Tag}", "--set", "config.blobStore="]);
        var addresses = ContainerEnvironment.Of(own, "api");
        string Given(string secret, string key) => secret switch
        {
            "plimsoll-database" => addresses["DATABASE_URL"],
            "plimsoll-redis" => addresses["REDIS_URL"],
            "plimsoll-keys" => key.PadRight(40, '-'),
            "pull" => """{"auths":{}}""",
            _ => throw new InvalidOperationException($"nobody gives {secret}"),
        };
        await using var docker = await ChartOnDocker.Create();
        var (postgres, redis) = (await docker.Start(own, "postgres"), await docker.Start(own, "redis"));
        var migrated = await docker.Run(chart, "migrate", Given);
        Assert.True(migrated.ExitCode == 0, migrated.Output + migrated.Error);
        var (api, worker) = (await docker.Start(chart, "api", Given), await docker.Start(chart, "worker", Given));
        await AllReady(postgres, redis, api, worker);
        await TheWorkerInspects(api, worker, Given("plimsoll-keys", "admin"));
        await EndInTime(api, worker);
    }

    /// <summary>The chart as it is, with the images that were built here.</summary>
    async Task<Rendering> Default(params string[] more) => await Helm.Render(["--set", $"global.image.tag={Tag}", .. await ServerImages.Values, .. more]);

    // Asked for by way of the image, so that the test is skipped where there is none.
    string Tag => images.Api.Split(':')[1];

    static async Task AllReady(params RunningPod[] pods)
    {
        foreach (var pod in pods)
            await pod.Ready(Ct);
    }

    static async Task TheWorkerInspects(RunningPod api, RunningPod worker, string adminToken)
    {
        using var http = new HttpClient { BaseAddress = await api.Address(), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", adminToken) } };
        await SayOfThemselves("up", "up", "up", api, worker);
        using var sample = new StreamContent(File.OpenRead(Repository.At("samples/webapp.tar")));
        using var submitted = await http.PostAsync("/v1/inspections", sample, Ct);
        Assert.Equal(HttpStatusCode.Accepted, submitted.StatusCode);
        await http.GetStringAsync($"{submitted.Headers.Location}/events", Ct);
        using var ended = JsonDocument.Parse(await http.GetStringAsync(submitted.Headers.Location, Ct));
        Assert.Equal("succeeded", ended.RootElement.GetProperty("state").GetString());
        using var report = JsonDocument.Parse(await http.GetStringAsync($"/v1/images/{ended.RootElement.GetProperty("images")[0].GetString()}/report", Ct));
        Assert.NotEmpty(report.RootElement.GetProperty("findings").EnumerateArray());
        // It counts what it has stored, so the report may be there a moment before.
        var (ofWorker, ofApi) = (new Uri(await worker.Address(), "/metrics"), new Uri("/metrics", UriKind.Relative));
        await Patience.Until(async () => Done().IsMatch(await http.GetStringAsync(ofWorker, Ct)), Ct);
        Assert.DoesNotMatch(Done(), await http.GetStringAsync(ofApi, Ct));
    }

    [GeneratedRegex(@"(?m)^plimsoll_inspections_total\{[^}]*state=""succeeded""[^}]*\} 1\b")]
    private static partial Regex Done();

    /// <summary>What <c>/health</c> of each comes to say, within the patience of this test.</summary>
    static async Task SayOfThemselves(string status, string database, string redis, params RunningPod[] pods)
    {
        using var http = new HttpClient();
        foreach (var pod in pods)
            await Patience.Until(async () =>
            {
                using var answer = await http.GetAsync(new Uri(await pod.Address(), "/health"), Ct);
                using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
                var dependencies = said.RootElement.GetProperty("dependencies");
                return (status, database, redis) == (said.RootElement.GetProperty("status").GetString(), dependencies.GetProperty("database").GetString(), dependencies.GetProperty("redis").GetString())
                    && answer.StatusCode == (status == "down" ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);
            }, Ct);
    }

    static async Task EndInTime(params RunningPod[] pods)
    {
        foreach (var pod in pods)
        {
            var stopping = Stopwatch.StartNew();
            await pod.Stop();
            Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(25));
            Assert.Equal(0, await pod.ExitCode());
            // The log is for programs to read, but for the line that says where it listens.
            Assert.All((await pod.Log()).Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.Matches(@"^\{.*\}$|listens on", line));
        }
    }
}
