using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

[Trait("Category", "Slow")]
public sealed class OutageTests(RedisServer redis)
{
    static readonly TimeSpan Outage = TimeSpan.FromSeconds(20);

    [Fact(Timeout = 300_000)]
    public async Task When_postgres_is_gone_for_20_seconds_under_load_requests_fail_with_503_and_nothing_accepted_is_lost()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var postgres = new PostgresServer();
        await postgres.InitializeAsync();
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        await using var worker = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        using var load = new Load(api.Http, ct);
        var clients = Enumerable.Range(0, 4).Select(load.Run).ToList();
        await load.Accepted(20);

        await postgres.Stop();
        var stopped = Stopwatch.StartNew();
        load.Begin("away");
        await load.Answered("away", HttpStatusCode.ServiceUnavailable, 10);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await Status(api, "/health/ready", ct));
        Assert.Equal(HttpStatusCode.OK, await Status(api, "/health/live", ct));
        using (var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100)))
            while (stopped.Elapsed < Outage)
                await timer.WaitForNextTickAsync(ct);
        // It may take requests before Start has seen that it does.
        load.Begin("starting");
        await postgres.Start();
        load.Begin("back");
        await load.Answered("back", HttpStatusCode.Accepted, 20);
        load.Stop();
        await Task.WhenAll(clients);

        Assert.DoesNotContain(load.Answers, answer => answer.Status is not (HttpStatusCode.Accepted or HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable));
        Assert.DoesNotContain(load.Answers, answer => answer.Phase == "away" && answer.Status != HttpStatusCode.ServiceUnavailable);
        Assert.All(load.Answers.Where(answer => answer.Status == HttpStatusCode.ServiceUnavailable), answer => Assert.Equal("/problems/database-unavailable", answer.Problem));
        foreach (var id in load.Ids)
            Assert.Equal("succeeded", (await api.Ended(id)).State);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{load.Ids.Count} accepted and all inspected; {load.Answers.Count(answer => answer.Status == HttpStatusCode.ServiceUnavailable)} refused, the slowest answer after {load.Answers.Max(answer => answer.Time).TotalSeconds:0.0} s");
    }

    static async Task<HttpStatusCode> Status(Samples.Service service, string path, CancellationToken ct)
    {
        using var answer = await service.Anonymous.GetAsync(path, ct);
        return answer.StatusCode;
    }

    /// <summary>Sends images one after the other, and notes what became of each.</summary>
    sealed class Load(HttpClient http, CancellationToken ct) : IDisposable
    {
        readonly CancellationTokenSource _end = new();
        string _phase = "before";
        int _next;

        public ConcurrentQueue<Answer> Answers { get; } = [];

        public ConcurrentBag<Guid> Ids { get; } = [];

        public void Begin(string phase) => Volatile.Write(ref _phase, phase);

        public void Stop() => _end.Cancel();

        public async Task Run(int client)
        {
            while (!_end.IsCancellationRequested)
            {
                var (phase, time) = (Volatile.Read(ref _phase), Stopwatch.StartNew());
                using var answer = await http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(Interlocked.Increment(ref _next))), ct);
                var body = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
                if (answer.IsSuccessStatusCode)
                    Ids.Add(body.GetProperty("id").GetGuid());
                // What began in one phase and ended in another belongs to neither.
                Answers.Enqueue(new Answer(phase == Volatile.Read(ref _phase) ? phase : "between", answer.StatusCode, answer.IsSuccessStatusCode ? null : body.GetProperty("type").GetString(), time.Elapsed));
            }
        }

        public Task Accepted(int count) => Until(() => Ids.Count >= count);

        public Task Answered(string phase, HttpStatusCode status, int count) => Until(() => Answers.Count(answer => answer.Phase == phase && answer.Status == status) >= count);

        public void Dispose() => _end.Dispose();

        async Task Until(Func<bool> holds)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (!holds())
                await timer.WaitForNextTickAsync(ct);
        }
    }

    sealed record Answer(string Phase, HttpStatusCode Status, string? Problem, TimeSpan Time);
}
