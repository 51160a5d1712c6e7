using System.Net.Http.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Plimsoll.Client;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Inspections;
using Plimsoll.Store.Layers;
using Quartz;

namespace Plimsoll.Service.Tests.Jobs;

public sealed class JobTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<JobBody> Job(Samples.Service service, string name) => (await service.Get<Page<JobBody>>("/v1/jobs")).Items.Single(job => job.Name == name);

    /// <summary>Fires a job now, through Quartz, and returns what the API tells of it when it has run.</summary>
    static async Task<JobBody> Fire(Samples.Service service, string name)
    {
        var scheduler = await service.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Ct);
        // Its own schedule shall not do the work first.
        await scheduler.PauseTrigger(new TriggerKey(name), cancellationToken: Ct);
        var before = await Job(service, name);
        await scheduler.TriggerJob(new JobKey(name), cancellationToken: Ct);
        var after = before;
        await Wait.Until(async () => (after = await Job(service, name)).Runs > before.Runs);
        return after;
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Every_job_runs_and_is_told_of(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        foreach (var job in (await service.Get<Page<JobBody>>("/v1/jobs")).Items)
        {
            var ran = await Fire(service, job.Name);
            Assert.Equal(("succeeded", 0L, null), (ran.LastRun!.Outcome, ran.Failures, ran.LastFailure));
            Assert.Equal(ran.LastSuccessAt, ran.LastRun.EndedAt);
            Assert.NotEmpty(ran.LastRun.Process);
        }
        var metrics = await service.Http.GetStringAsync("/metrics", Ct);
        Assert.Matches("""(?m)^plimsoll_job_runs_total\{[^}]*job_name="retention",outcome="succeeded"[^}]*\} 1""", metrics);
        Assert.Matches("""(?m)^plimsoll_job_last_success_timestamp_seconds\{[^}]*job_name="blob-sweep"[^}]*\} 1[0-9.E+]+""", metrics);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task A_job_that_fails_says_so_and_runs_again(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var db = await service.Database();
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE webhook_events RENAME TO lost", Ct);
        var failed = await Fire(service, "retention");
        Assert.Equal(("failed", 1L, 1L, null), (failed.LastRun!.Outcome, failed.Runs, failed.Failures, failed.LastSuccessAt));
        Assert.Contains("webhook_events", failed.LastFailure!.Error, StringComparison.Ordinal);
        Assert.Matches("""(?m)^plimsoll_job_runs_total\{[^}]*job_name="retention",outcome="failed"[^}]*\} 1""", await service.Http.GetStringAsync("/metrics", Ct));
        await db.Database.ExecuteSqlRawAsync("ALTER TABLE lost RENAME TO webhook_events", Ct);
        var mended = await Fire(service, "retention");
        Assert.Equal(("succeeded", 2L, 1L), (mended.LastRun!.Outcome, mended.Runs, mended.Failures));
        Assert.Equal(failed.LastFailure, mended.LastFailure);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task What_is_older_than_the_retention_goes_and_images_stay(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("RETENTION_DAYS", "30"));
        await using var receiver = await Receiver.Start();
        var hook = await service.Hook(receiver.Url);
        var (old, recent) = (await service.Inspect(TinyImage.Archive(1)), await service.Inspect(TinyImage.Archive(2)));
        await Wait.Until(async () => (await service.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries")).Items.Count(one => one.State == "delivered") == 2);
        await using (var db = await service.Database())
        {
            DateTimeOffset Days(int ago) => recent.FinishedAt!.Value.AddDays(-ago);
            await db.Inspections.Where(row => row.Id == old.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.FinishedAt, Days(31)), Ct);
            await db.Inspections.Where(row => row.Id == recent.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.FinishedAt, Days(29)), Ct);
            await db.Deliveries.OrderBy(row => row.Id).Take(1).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedAt, Days(31)), Ct);
            await db.WebhookEvents.ExecuteUpdateAsync(set => set.SetProperty(row => row.At, Days(31)), Ct);
            await db.Layers.OrderBy(row => row.DiffId).Take(1).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsed, Days(31)), Ct);
            db.StoredBlobs.Add(new StoredBlobRow { BlobDigest = "sha256:gone", DiffId = "sha256:none" });
            await db.SaveChangesAsync(Ct);
        }
        Assert.Equal(5, (await Fire(service, "retention")).LastRun!.Changed);
        Assert.Equal(recent.Id, Assert.Single((await service.Get<Page<InspectionBody>>("/v1/inspections")).Items).Id);
        Assert.Single((await service.Get<Page<DeliveryBody>>($"/v1/webhooks/{hook.Id}/deliveries")).Items);
        await using (var db = await service.Database())
            Assert.Equal((1, 1, 0), (await db.WebhookEvents.CountAsync(Ct), await db.Layers.CountAsync(Ct), await db.StoredBlobs.CountAsync(Ct)));
        foreach (var image in old.Images.Concat(recent.Images))
            Assert.Equal(image, (await service.Json($"/v1/images/{image}/report")).GetProperty("image").GetProperty("configDigest").GetString());
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task Bytes_that_no_upload_owns_go_after_an_hour_and_others_stay(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        var (blobs, uploads) = (service.Services.GetRequiredService<IBlobStore>(), service.Services.GetRequiredService<UploadStore>());
        var orphan = await blobs.Write(new MemoryStream(new byte[3_000_000]), Ct);
        var unclaimed = await uploads.Receive(new MemoryStream([1]), Ct);
        var fresh = await uploads.Receive(new MemoryStream([2]), Ct);
        var wanted = await uploads.Receive(new MemoryStream([3]), Ct);
        Assert.Equal(0, (await Fire(service, "blob-sweep")).LastRun!.Changed);
        await using (var db = await service.Database())
        {
            await db.Blobs.Where(row => row.Digest != fresh.Digest).ExecuteUpdateAsync(set => set.SetProperty(row => row.StoredAt, DateTimeOffset.UnixEpoch), Ct);
            await db.BlobChunks.ExecuteUpdateAsync(set => set.SetProperty(row => row.StoredAt, DateTimeOffset.UnixEpoch), Ct);
            var now = DateTimeOffset.UnixEpoch.AddYears(100);
            db.Inspections.Add(new InspectionRow { Id = Guid.NewGuid(), State = InspectionState.Queued, Submitter = "x", Subject = "x", Blob = wanted.Digest, AvailableAt = now, SubmittedAt = now });
            await db.SaveChangesAsync(Ct);
        }
        if (mode == Mode.Embedded)
        {
            var folder = service.Services.GetRequiredService<Store.Settings.Settings>().Blobs.Place;
            await File.WriteAllTextAsync(Path.Combine(folder, "cut-off.part"), "x", Ct);
            foreach (var file in Directory.GetFiles(folder))
                File.SetLastWriteTimeUtc(file, DateTime.UnixEpoch);
        }
        Assert.Equal(mode == Mode.Embedded ? 3 : 2, (await Fire(service, "blob-sweep")).LastRun!.Changed);
        Assert.True(!await uploads.Has(unclaimed.Digest, Ct) && await uploads.Has(fresh.Digest, Ct) && await uploads.Has(wanted.Digest, Ct));
        Assert.Equal((0L, 1L, 1L), (await Length(blobs, orphan.Key), await Length(blobs, fresh.Key), await Length(blobs, wanted.Key)));
    }

    static async Task<long> Length(IBlobStore blobs, string key)
    {
        switch (await blobs.Open(key, Ct))
        {
            case Engine.ImageSource.File file:
                return File.Exists(file.Path) ? new FileInfo(file.Path).Length : 0;
            case Engine.ImageSource.Stream stream:
                using (var bytes = new MemoryStream())
                {
                    await stream.Bytes.CopyToAsync(bytes, Ct);
                    return bytes.Length;
                }
            default:
                throw new InvalidOperationException("no such source");
        }
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_inspection_whose_worker_died_too_often_fails_and_that_is_told(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis);
        await using var receiver = await Receiver.Start();
        await service.Hook(receiver.Url);
        var (id, then) = (Guid.NewGuid(), DateTimeOffset.UnixEpoch.AddYears(40));
        await using (var db = await service.Database())
        {
            db.Inspections.Add(new InspectionRow { Id = id, State = InspectionState.Running, Submitter = "x", Subject = "x", Reference = "registry.example/x:1", Attempts = 3, AvailableAt = then, SubmittedAt = then, LeaseOwner = Guid.NewGuid(), LeaseUntil = then });
            await db.SaveChangesAsync(Ct);
        }
        await Fire(service, "lease-reaper");
        var told = await receiver.Next();
        Assert.Equal(("inspection.failed", id), (told.Type, told.Json.GetProperty("data").GetProperty("inspection").GetProperty("id").GetGuid()));
        Assert.Contains("died 3 times", (await service.Http.GetFromJsonAsync<InspectionBody>($"/v1/inspections/{id}", Ct))!.Error, StringComparison.Ordinal);
    }
}
