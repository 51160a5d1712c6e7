using System.Net;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Service.Tests.Samples;

namespace Plimsoll.Service.Tests;

public sealed class UploadLimitTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    static async Task<(HttpStatusCode Status, string Body)> Send(Samples.Service service, byte[] archive)
    {
        using var answer = await service.Http.PostAsync("/v1/inspections", new ByteArrayContent(archive), Ct);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Ct));
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task When_the_quota_is_used_up_an_upload_is_refused_and_nothing_of_it_stays(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("BLOB_QUOTA", "1Mi"));
        var (status, body) = await Send(service, TinyImage.Archive(1, 3_000_000));
        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Contains("/problems/store-full", body);
        await using var db = await service.Database();
        Assert.Equal((0, 0), (await db.Blobs.CountAsync(Ct), await db.BlobChunks.CountAsync(Ct)));
        Assert.Empty(service.BlobFiles());
        // There is room again for what fits.
        Assert.Equal("succeeded", (await service.Inspect(TinyImage.Archive(2, 500_000))).State);
        Assert.Equal("succeeded", (await service.Inspect(TinyImage.Archive(3, 500_000))).State);
    }

    [Theory, InlineData(Mode.Embedded), InlineData(Mode.Scaled)]
    public async Task An_upload_above_the_limit_is_refused_and_nothing_of_it_stays(Mode mode)
    {
        await using var service = await Samples.Service.Start(mode, postgres, redis, ("UPLOAD_LIMIT", "1Mi"));
        var (status, body) = await Send(service, TinyImage.Archive(1, 3_000_000));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        Assert.Contains("/problems/too-large", body);
        await using var db = await service.Database();
        Assert.Equal((0, 0), (await db.Blobs.CountAsync(Ct), await db.BlobChunks.CountAsync(Ct)));
        Assert.Empty(service.BlobFiles());
    }

    [Fact]
    public async Task When_the_disk_is_full_an_upload_is_refused_and_nothing_of_it_stays()
    {
        using var disk = SmallDisk.Mount(2 << 20);
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("BLOB_STORE", $"file:{disk.Path}/blobs"));
        var (status, body) = await Send(service, TinyImage.Archive(1, 5_000_000));
        Assert.Equal(HttpStatusCode.InsufficientStorage, status);
        Assert.Contains("/problems/store-full", body);
        Assert.Empty(Directory.EnumerateFiles($"{disk.Path}/blobs"));
        Assert.Equal("succeeded", (await service.Inspect(TinyImage.Archive(2, 500_000))).State);
    }

    [Fact]
    public async Task More_uploads_at_once_than_a_process_takes_are_told_to_come_again()
    {
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("CONCURRENT_UPLOADS", "1"), ("RATE_LIMIT", "off"));
        // The first holds its place from the moment that its headers have arrived, until the server takes it for stalled (5 s): where the second is too early or too late, both are sent anew.
        HttpResponseMessage first, second;
        var attempts = 0;
        do
        {
            var (begun, go) = (new TaskCompletionSource(), new TaskCompletionSource());
            var slow = service.Http.PostAsync("/v1/inspections", new HeldContent(TinyImage.Archive(1), begun, go.Task), Ct);
            await begun.Task;
            second = await service.Http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(2)), Ct);
            go.SetResult();
            first = await slow;
        }
        while (second.IsSuccessStatusCode && ++attempts < 20);
        Assert.Equal((HttpStatusCode.TooManyRequests, 5.0), (second.StatusCode, second.Headers.RetryAfter?.Delta?.TotalSeconds));
        Assert.Equal(HttpStatusCode.Accepted, first.StatusCode);
        Assert.Equal("succeeded", (await service.Inspect(TinyImage.Archive(3))).State);
    }

    /// <summary>A body that waits in its middle.</summary>
    sealed class HeldContent(byte[] bytes, TaskCompletionSource begun, Task go) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), Ct);
            await stream.FlushAsync(Ct);
            begun.SetResult();
            await go;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2), Ct);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }
    }
}
