using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Inspections;

namespace Plimsoll.Service.Tests;

[Trait("Category", "Slow")]
public sealed class ReliabilityTests(PostgresServer postgres, RedisServer redis)
{
    static async Task<Guid> Submit(HttpClient http, byte[] archive)
    {
        var ct = TestContext.Current.CancellationToken;
        using var answer = await http.PostAsync("/v1/inspections", new ByteArrayContent(archive), ct);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(ct));
        return (await answer.Content.ReadFromJsonAsync<InspectionBody>(ct))!.Id;
    }

    [Fact(Timeout = 240_000)]
    public async Task A_worker_that_is_killed_at_any_moment_loses_nothing_and_stores_nothing_twice()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        var ids = new List<Guid>();
        for (var round = 0; round < 10; round++)
        {
            await using var worker = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
            // What the one before left is finished first: an inspection whose worker dies three times has failed, and rightly so.
            foreach (var earlier in ids)
                Assert.Equal("succeeded", (await api.Ended(earlier)).State);
            var id = await Submit(api.Http, TinyImage.Archive(round, 40_000_000));
            ids.Add(id);
            await using var db = await api.Database();
            await Wait.Until(() => db.Inspections.AnyAsync(row => row.Id == id && row.State != InspectionState.Queued, ct));
            // From the first moment of the inspection to the time when it is about to store what it found.
            using var moment = new PeriodicTimer(TimeSpan.FromMilliseconds(1 + round * 25));
            await moment.WaitForNextTickAsync(ct);
            await worker.Kill();
        }
        await using var end = await api.Database();
        await using (await WorkerProcess.Start(Samples.Service.Shared(database, redis)))
        {
            foreach (var id in ids)
                Assert.Equal("succeeded", (await api.Ended(id)).State);
            // The last worker drops what those before it left, when it has nothing else to do.
            await Wait.Until(async () => !await end.Blobs.AnyAsync(ct));
        }
        Assert.Equal(10, await end.InspectedImages.CountAsync(ct));
        Assert.Equal(10, await end.Images.CountAsync(ct));
        Assert.True(await end.Inspections.AnyAsync(row => row.Attempts > 1, ct), "no kill came in time to interrupt an inspection");
        TestContext.Current.TestOutputHelper?.WriteLine($"{await end.Inspections.CountAsync(row => row.Attempts > 1, ct)} of 10 inspections were interrupted");
    }

    [Fact(Timeout = 240_000)]
    public async Task An_image_that_kills_its_worker_three_times_has_failed_with_the_reason_and_blocks_no_other()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        await using var db = await api.Database();
        var poison = await Submit(api.Http, TinyImage.Archive(0, 80_000_000));
        for (var attempt = 1; attempt <= Store.Inspections.InspectionQueue.Attempts; attempt++)
        {
            await using var worker = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
            await Wait.Until(() => db.Inspections.AnyAsync(row => row.Id == poison && row.Attempts == attempt && row.State == InspectionState.Running, ct));
            await worker.Kill();
        }
        var other = await Submit(api.Http, TinyImage.Archive(1));
        await using var last = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        Assert.Equal("succeeded", (await api.Ended(other)).State);
        var failed = await api.Ended(poison);
        Assert.Equal(("failed", 3), (failed.State, failed.Attempts));
        Assert.Contains("its worker died 3 times", failed.Error);
        Assert.Contains("memory", failed.Remedy);
        await Wait.Until(async () => !await db.Blobs.AnyAsync(ct));
    }

    [Fact(Timeout = 240_000)]
    public async Task Two_apis_and_three_workers_do_200_images_once_each_and_no_submitter_waits_for_all_of_another()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        await using var first = await Samples.Service.StartApi(database, redis);
        await using var second = await Samples.Service.StartApi(database, redis);
        var ids = new List<Guid>();
        foreach (var (name, service, from, count) in new[] { ("team-a", first, 0, 160), ("team-b", second, 160, 40) })
        {
            using var made = await first.Http.PostAsJsonAsync("/v1/tokens", new NewTokenBody(name, "submit"), ct);
            var token = (await made.Content.ReadFromJsonAsync<MadeTokenBody>(ct))!.Token;
            using var http = new HttpClient { BaseAddress = service.Http.BaseAddress, DefaultRequestHeaders = { Authorization = new("Bearer", token) } };
            for (var i = from; i < from + count; i++)
                ids.Add(await Submit(http, TinyImage.Archive(i)));
        }
        await using var one = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        await using var two = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        await using var three = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        await using var db = await first.Database();
        await Wait.Until(async () => await db.Inspections.CountAsync(row => row.State == InspectionState.Succeeded, ct) == 200);
        Assert.Equal(200, await db.InspectedImages.CountAsync(ct));
        Assert.Equal(200, await db.Inspections.CountAsync(row => row.Attempts == 1, ct));
        var order = await db.Inspections.OrderBy(row => row.StartedAt).Select(row => row.Submitter).ToListAsync(ct);
        // By turns: with 40 against 160, the fortieth of the smaller comes about eightieth.
        Assert.InRange(order.LastIndexOf("team-b"), 70, 100);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_worker_that_is_asked_to_stop_gives_back_what_it_holds()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        await using var worker = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        var id = await Submit(api.Http, TinyImage.Archive(1, 300_000_000));
        await using var db = await api.Database();
        await Wait.Until(() => db.Inspections.AnyAsync(row => row.Id == id && row.State == InspectionState.Running, ct));
        Assert.Equal(0, await worker.Terminate());
        var row = await db.Inspections.AsNoTracking().SingleAsync(one => one.Id == id, ct);
        Assert.True(row.State is InspectionState.Queued or InspectionState.Succeeded, $"it is {row.State}");
        await using var other = await WorkerProcess.Start(Samples.Service.Shared(database, redis));
        Assert.Equal(("succeeded", 1), ((await api.Ended(id)).State, (await api.Ended(id)).Attempts));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_upload_that_is_cut_off_leaves_nothing_behind()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        await using var api = await Samples.Service.StartApi(database, redis);
        using (var cut = new CancellationTokenSource())
        {
            var sent = api.Http.PostAsync("/v1/inspections", new StreamContent(new CutStream(TinyImage.Archive(1, 5_000_000), cut)), cut.Token);
            await Assert.ThrowsAnyAsync<Exception>(() => sent);
        }
        await using var db = await api.Database();
        await Wait.Until(async () => !await db.BlobChunks.AnyAsync(ct));
        Assert.Equal((0, 0), (await db.Blobs.CountAsync(ct), await db.Inspections.CountAsync(ct)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Without_redis_the_service_goes_on_and_says_that_it_is_degraded()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        await using var own = new RedisServer();
        await own.InitializeAsync();
        await using var api = await Samples.Service.StartApi(database, own);
        await using var worker = await WorkerProcess.Start(Samples.Service.Shared(database, own));
        await own.Stop();
        Assert.Equal("succeeded", (await api.Ended(await Submit(api.Http, TinyImage.Archive(1)))).State);
        var health = await api.Json("/health/ready");
        Assert.Equal(("degraded", "down"), (health.GetProperty("status").GetString(), health.GetProperty("dependencies").GetProperty("redis").GetString()));
        await own.Start();
    }

    [Fact(Timeout = 120_000)]
    public async Task Five_processes_that_start_at_once_migrate_once_and_a_newer_schema_is_refused()
    {
        var ct = TestContext.Current.CancellationToken;
        var database = await postgres.NewDatabase();
        var starts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => WorkerProcess.Start(Samples.Service.Shared(database, redis))));
        foreach (var worker in starts)
            await worker.DisposeAsync();
        await using var api = await Samples.Service.StartApi(database, redis);
        await using (var db = await api.Database())
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99.0.0')", ct);
        var error = await Assert.ThrowsAsync<Store.NewerSchemaException>(() => Samples.Service.StartApi(database, redis));
        Assert.Contains("newer version", error.Message);
    }

    /// <summary>Gives half of its bytes, and then the sender goes away.</summary>
    sealed class CutStream(byte[] bytes, CancellationTokenSource cut) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Position > Length / 2)
                cut.Cancel();
            cancellationToken.ThrowIfCancellationRequested();
            return base.ReadAsync(buffer[..Math.Min(buffer.Length, 100_000)], cancellationToken);
        }
    }
}
