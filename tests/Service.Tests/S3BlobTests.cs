using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Plimsoll.Engine;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Service.Tests.Samples;
using Plimsoll.Store.Blobs;
using Plimsoll.Store.Settings;

namespace Plimsoll.Service.Tests;

public sealed class S3BlobTests(PostgresServer postgres, RedisServer redis)
{
    static CancellationToken Ct => TestContext.Current.CancellationToken;

    // As Amazon's libraries find them; the bucket of these tests takes any.
    static S3BlobTests()
    {
        foreach (var (name, value) in S3Server.Account)
            Environment.SetEnvironmentVariable(name, value);
    }

    static S3Blobs Store(Bucket bucket) => S3Address.Parse(bucket.Url) is var address ? new S3Blobs(address.Client(), address.Bucket, address.Prefix) : null!;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task An_API_and_a_worker_of_its_own_share_a_bucket_and_leave_it_empty()
    {
        await using var s3 = await S3Server.Start();
        var variables = new Dictionary<string, string>(Samples.Service.Shared(await postgres.NewDatabase(), redis)) { ["BLOB_STORE"] = s3.Url };
        foreach (var (name, value) in S3Server.Account)
            variables[name] = value;
        await using var api = await ApiProcess.Start(new Dictionary<string, string>(variables) { ["WORKERS"] = "0" });
        using var http = new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Samples.Service.AdminToken) } };
        var locations = new List<string>();
        // One that is sent whole, and one in parts.
        foreach (var bytes in (int[])[1_000, 30_000_000])
        {
            using var answer = await http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(1, bytes)), Ct);
            Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Ct));
            locations.Add(answer.Headers.Location!.ToString());
        }
        Assert.Equal(2, s3.Objects.Length);
        await using var worker = await WorkerProcess.Start(variables);
        foreach (var location in locations)
        {
            await http.GetStringAsync($"{location}/events", Ct);
            Assert.Contains("\"succeeded\"", await http.GetStringAsync(location, Ct));
        }
        await Wait.Until(() => Task.FromResult(s3.Objects.Length == 0));

        var address = S3Address.Parse(s3.Url);
        var store = new S3Blobs(address.Client(), address.Bucket, address.Prefix);
        await store.Write(new MemoryStream(new byte[100]), Ct);
        Assert.Equal(1, await store.Sweep(TimeProvider.System.GetUtcNow().AddHours(1), _ => Task.FromResult(false), Ct));
        Assert.Empty(s3.Objects);
    }

    [Fact]
    public async Task What_is_written_is_what_is_read_and_goes_in_parts_of_eight_megabytes()
    {
        await using var bucket = await Bucket.Start();
        var (store, body) = (Store(bucket), RandomNumberGenerator.GetBytes(20_000_000));
        var stored = await store.Write(new MemoryStream(body), Ct);
        Assert.Equal(($"sha256:{Convert.ToHexStringLower(SHA256.HashData(body))}", 20_000_000), (stored.Digest, stored.Size));
        Assert.Equal([$"of/plimsoll/{stored.Key}"], bucket.Objects.Keys);
        Assert.Equal(["POST uploads", "PUT partNumber&uploadId", "PUT partNumber&uploadId", "PUT partNumber&uploadId", "POST uploadId"], bucket.Asked.Select(Ordered));
        Assert.Equal(body, await Read(store, stored.Key));
        await store.Delete(stored.Key, Ct);
        await store.Delete(stored.Key, Ct);
        Assert.Empty(bucket.Objects);
    }

    static string Ordered(string asked) => asked.Split(' ') is [var method, var query] ? $"{method} {string.Join('&', query.Split('&').Where(name => !name.StartsWith("x-", StringComparison.Ordinal)).Order(StringComparer.Ordinal))}" : asked;

    static async Task<byte[]> Read(S3Blobs store, string key)
    {
        await using var stream = Assert.IsType<ImageSource.Stream>(await store.Open(key, Ct)).Bytes;
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Ct);
        return read.ToArray();
    }

    [Fact]
    public async Task A_body_that_is_cut_off_leaves_nothing_in_the_bucket()
    {
        await using var bucket = await Bucket.Start();
        var body = new CutOff(new MemoryStream(new byte[20_000_000]), after: 18_000_000);
        await Assert.ThrowsAsync<IOException>(() => Store(bucket).Write(body, Ct));
        Assert.Equal((0, 0), (bucket.Objects.Count, bucket.Uploads.Count));
        Assert.Contains("DELETE", string.Join(' ', bucket.Asked));
    }

    [Fact]
    public async Task When_the_quota_is_used_up_an_upload_is_refused_and_nothing_of_it_stays()
    {
        await using var bucket = await Bucket.Start();
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("BLOB_STORE", bucket.Url), ("BLOB_QUOTA", "12Mi"));
        using var refused = await service.Http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(1, 14_000_000)), Ct);
        Assert.Equal(HttpStatusCode.InsufficientStorage, refused.StatusCode);
        Assert.Equal((0, 0), (bucket.Objects.Count, bucket.Uploads.Count));
        Assert.Equal("succeeded", (await service.Inspect(TinyImage.Archive(2, 500_000))).State);
    }

    [Theory, InlineData(503, 503, "blob-store-unavailable"), InlineData(403, 503, "blob-store-unavailable"), InlineData(507, 507, "store-full")]
    public async Task A_bucket_that_refuses_is_told_and_the_service_goes_on_when_it_takes_again(int says, int told, string problem)
    {
        await using var bucket = await Bucket.Start();
        await using var service = await Samples.Service.Start(Mode.Embedded, postgres, redis, ("BLOB_STORE", bucket.Url));
        bucket.Fault = http =>
        {
            http.Response.StatusCode = says;
            return Task.FromResult(true);
        };
        using var refused = await service.Http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(1)), Ct);
        Assert.Equal(told, (int)refused.StatusCode);
        Assert.Contains($"/problems/{problem}", await refused.Content.ReadAsStringAsync(Ct));
        await using var db = await service.Database();
        Assert.Equal((0, 0), (await db.Blobs.CountAsync(Ct), await db.Inspections.CountAsync(Ct)));
        bucket.Fault = null;
        Assert.Equal("succeeded", (await service.Inspect(TinyImage.Archive(1))).State);
        await Wait.Until(() => Task.FromResult(bucket.Objects.IsEmpty));
    }

    // The caller learns that it may come again, whoever runs the service what to mend.
    [Fact]
    public async Task What_the_bucket_said_is_in_the_log_and_not_in_the_answer()
    {
        await using var bucket = await Bucket.Start();
        bucket.Fault = async http =>
        {
            http.Response.StatusCode = 403;
            await http.Response.WriteAsync("<Error><Code>AccessDenied</Code><Message>this role may not put objects</Message></Error>");
            return true;
        };
        using var data = new TemporaryFolder();
        var variables = S3Server.Account.ToDictionary(one => one.Item1, one => one.Item2);
        (variables["DATA_DIR"], variables["SECRET_KEY"], variables["ADMIN_TOKEN"], variables["BLOB_STORE"]) = (data.Root, new string('k', 40), Samples.Service.AdminToken, bucket.Url);
        await using var api = await ApiProcess.Start(variables);
        using var http = new HttpClient { BaseAddress = api.Address, DefaultRequestHeaders = { Authorization = new("Bearer", Samples.Service.AdminToken) } };
        using var refused = await http.PostAsync("/v1/inspections", new ByteArrayContent(TinyImage.Archive(1)), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.DoesNotContain("this role", await refused.Content.ReadAsStringAsync(Ct));
        Assert.Contains(await api.Stop(), line => line.Contains("this role may not put objects", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_connection_that_breaks_while_a_blob_is_read_is_made_again_where_it_broke()
    {
        await using var bucket = await Bucket.Start();
        var (store, body, ranges) = (Store(bucket), RandomNumberGenerator.GetBytes(3_000_000), new List<string>());
        var stored = await store.Write(new MemoryStream(body), Ct);
        bucket.Fault = async http =>
        {
            ranges.Add(http.Request.Headers.Range.ToString());
            if (ranges.Count > 3)
                return false;
            var from = ranges[^1] is "" ? 0 : int.Parse(ranges[^1]["bytes=".Length..].Split('-')[0], System.Globalization.CultureInfo.InvariantCulture);
            (http.Response.StatusCode, http.Response.ContentLength) = (from > 0 ? 206 : 200, body.Length - from);
            http.Response.Headers.ETag = Bucket.Tag(body);
            await http.Response.Body.WriteAsync(body.AsMemory(from, 500_000), http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            http.Abort();
            return true;
        };
        Assert.Equal(body, await Read(store, stored.Key));
        Assert.Equal(4, ranges.Count);
        Assert.All(ranges.Skip(1), range => Assert.StartsWith("bytes=", range));
    }

    [Fact]
    public async Task An_object_that_changes_while_it_is_read_is_not_put_together_from_two()
    {
        await using var bucket = await Bucket.Start();
        var store = Store(bucket);
        var stored = await store.Write(new MemoryStream(new byte[3_000_000]), Ct);
        bucket.Fault = async http =>
        {
            http.Response.ContentLength = 3_000_000;
            http.Response.Headers.ETag = Bucket.Tag([1]);
            await http.Response.Body.WriteAsync(new byte[500_000], http.RequestAborted);
            await http.Response.Body.FlushAsync(http.RequestAborted);
            bucket.Fault = null;
            http.Abort();
            return true;
        };
        await Assert.ThrowsAsync<BlobStoreAwayException>(() => Read(store, stored.Key));
    }

    [Fact]
    public async Task Sweeping_takes_what_nobody_owns_and_nothing_else()
    {
        await using var bucket = await Bucket.Start();
        var (store, now) = (Store(bucket), TimeProvider.System.GetUtcNow());
        var old = now.UtcDateTime.AddDays(-2);
        var (owned, orphan, young) = ("of/plimsoll/" + new string('a', 32), "of/plimsoll/" + new string('b', 32), "of/plimsoll/" + new string('c', 32));
        foreach (var key in (string[])[owned, orphan, "of/plimsoll/notes.txt", "of/others/" + new string('d', 32)])
            bucket.Objects[key] = ([1], old);
        bucket.Objects[young] = ([1], now.UtcDateTime);
        bucket.Uploads["left"] = (orphan, old, []);
        bucket.Uploads["going"] = (young, now.UtcDateTime, []);
        Assert.Equal(2, await store.Sweep(now.AddHours(-1), key => Task.FromResult(key == new string('a', 32)), Ct));
        Assert.Equal(["of/others/" + new string('d', 32), owned, young, "of/plimsoll/notes.txt"], bucket.Objects.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["going"], bucket.Uploads.Keys);
    }

    [Theory]
    [InlineData("s3://b"), InlineData("s3://Bucket_1"), InlineData("s3://user:secret@bucket"), InlineData("s3://bucket?region=eu%20central"), InlineData("s3://bucket?endpoint=ftp://x")]
    [InlineData("s3://bucket?endpoint=http://x/path"), InlineData("s3://bucket?key=x"), InlineData("s3:///bucket")]
    public void An_address_that_names_no_bucket_stops_the_start(string address) =>
        Assert.StartsWith("BLOB_STORE", Assert.Throws<SettingsException>(() => S3Address.Parse(address)).Message);

    [Fact]
    public void An_address_names_a_bucket_of_Amazon_or_of_another_server()
    {
        Assert.Equal(new S3Address("bucket", "", null, "eu-central-1"), S3Address.Parse("s3://bucket?region=eu-central-1"));
        Assert.Equal(new S3Address("my.bucket", "of/us/", new Uri("https://minio:9000"), null), S3Address.Parse("s3://my.bucket/of/us/?endpoint=https://minio:9000"));
    }

    /// <summary>A connection that ends too early.</summary>
    sealed class CutOff(Stream inner, long after) : Stream
    {
        long _read;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            return (_read += read) > after ? throw new IOException("the connection was cut") : read;
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() { }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
