using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Observation;

namespace Plimsoll.Service.Tests;

public sealed class TraceTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_inspection_belongs_to_the_trace_of_the_request_that_submitted_it(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        using var spans = new Spans();
        var id = await Submit(service.Http, TinyImage.Archive(1), spans.Trace);
        Assert.Equal("succeeded", (await service.Ended(id)).State);
        // The span of the attempt ends a moment after the inspection.
        await Wait.Until(() => Task.FromResult(spans.Named("inspection").Any()));

        var attempt = Assert.Single(spans.Named("inspection"));
        Assert.Equal(id, attempt.GetTagItem("plimsoll.inspection.id"));
        Assert.Equal(1, attempt.GetTagItem("plimsoll.inspection.attempt"));
        Assert.Equal(ActivityKind.Consumer, attempt.Kind);
        Assert.Single(Assert.IsType<string[]>(attempt.GetTagItem("plimsoll.image.digests")));
        var inspect = Assert.Single(spans.Named("inspect"));
        Assert.Equal(attempt.SpanId, inspect.ParentSpanId);
        var layer = Assert.Single(spans.Named("layer"));
        Assert.Equal(inspect.SpanId, layer.ParentSpanId);
        Assert.True(layer.GetTagItem("plimsoll.layer.bytes") is long and > 1000);
        Assert.InRange(layer.StartTimeUtc, inspect.StartTimeUtc, inspect.StartTimeUtc + inspect.Duration);
        Assert.Equal(attempt.SpanId, Assert.Single(spans.Named("store")).ParentSpanId);
    }

    [Fact]
    public async Task A_failed_attempt_says_why_in_its_span()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis);
        using var spans = new Spans();
        var id = await Submit(service.Http, [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3], spans.Trace);
        var failed = await service.Ended(id);
        await Wait.Until(() => Task.FromResult(spans.Named("inspection").Any()));
        var attempt = Assert.Single(spans.Named("inspection"));
        Assert.Equal(ActivityStatusCode.Error, attempt.Status);
        Assert.Equal(failed.Error, attempt.StatusDescription);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_API_and_a_worker_send_their_parts_of_one_trace_to_the_collector()
    {
        var database = await postgres.NewDatabase();
        var parts = new ConcurrentQueue<byte[]>();
        await using var collector = await ScriptedServer.Start(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            parts.Enqueue(body.ToArray());
            context.Response.ContentType = "application/x-protobuf";
        });
        var variables = new Dictionary<string, string>(Samples.Service.Shared(database, redis))
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address.ToString(), ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf", ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        };
        await using var api = await ApiProcess.Start(new Dictionary<string, string>(variables) { ["WORKERS"] = "0" });
        await using var worker = await WorkerProcess.Start(variables);
        using var http = new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Samples.Service.AdminToken) } };
        var trace = ActivityTraceId.CreateRandom();
        await Submit(http, TinyImage.Archive(2), trace);
        var id = Convert.FromHexString(trace.ToHexString());

        // OTLP is protobuf: a trace id is its 16 bytes, a name its UTF-8.
        bool Sent(string service, string span) => parts.Any(part =>
            part.AsSpan().IndexOf(id) >= 0 && part.AsSpan().IndexOf(Encoding.UTF8.GetBytes(service)) >= 0 && part.AsSpan().IndexOf(Encoding.UTF8.GetBytes(span)) >= 0);
        await Wait.Until(() => Task.FromResult(Sent("plimsoll-api", "POST /v1/inspections") && Sent("plimsoll-worker", "plimsoll.inspection.id")));
        Assert.DoesNotContain(parts, part => part.AsSpan().IndexOf("/health"u8) >= 0);
    }

    static async Task<Guid> Submit(HttpClient http, byte[] archive, ActivityTraceId trace)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/inspections") { Content = new ByteArrayContent(archive), Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } } };
        using var answer = await http.SendAsync(request, Ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Ct));
        return (await answer.Content.ReadFromJsonAsync<InspectionBody>(Ct))!.Id;
    }

    /// <summary>The spans of one trace, as they end; other tests have theirs.</summary>
    sealed class Spans : IDisposable
    {
        readonly ConcurrentQueue<Activity> _ended = [];
        readonly ActivityListener _listener;

        public Spans()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == InspectionTrace.Name,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = _ended.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

        public IEnumerable<Activity> Named(string name) => _ended.Where(span => span.TraceId == Trace && span.OperationName == name);

        public void Dispose() => _listener.Dispose();
    }
}
