using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>
/// A server with one bucket, in memory, that speaks as much of the Amazon S3 API as the blob store needs, and can be made to fail. That others understand
/// the store is shown with another server, see <see cref="S3Server"/>; this one knows of uploads that were not completed.
/// </summary>
internal sealed class Bucket : IAsyncDisposable
{
    static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";

    readonly WebApplication _app;

    Bucket(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>By key, with the time of each.</summary>
    public ConcurrentDictionary<string, (byte[] Bytes, DateTime At)> Objects { get; } = [];

    /// <summary>By upload: its key, its beginning, and its parts by number.</summary>
    public ConcurrentDictionary<string, (string Key, DateTime Begun, ConcurrentDictionary<int, byte[]> Parts)> Uploads { get; } = [];

    public ConcurrentQueue<string> Asked { get; } = [];

    /// <summary>Answers in place of the bucket where it returns true.</summary>
    public Func<HttpContext, Task<bool>>? Fault { get; set; }

    /// <summary>As the setting names it.</summary>
    public string Url => $"s3://uploads/of/plimsoll?endpoint={Uri.EscapeDataString(Address.ToString())}";

    public static async Task<Bucket> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Logging.ClearProviders();
        var bucket = new Bucket(builder.Build());
        bucket._app.Run(bucket.Answer);
        await bucket._app.StartAsync(TestContext.Current.CancellationToken);
        return bucket;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    async Task Answer(HttpContext http)
    {
        var (request, key) = (http.Request, Uri.UnescapeDataString(http.Request.Path.Value!["/uploads".Length..].TrimStart('/')));
        Asked.Enqueue($"{request.Method} {string.Join('&', request.Query.Keys)}".Trim());
        if (Fault is { } fault && await fault(http))
            return;
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, http.RequestAborted);
        // What every body is signed with.
        if (body.Length > 0 && request.Headers["x-amz-content-sha256"] != Convert.ToHexStringLower(SHA256.HashData(body.ToArray())) || !request.Headers.Authorization.ToString().StartsWith("AWS4-HMAC-SHA256 ", StringComparison.Ordinal))
        {
            http.Response.StatusCode = 403;
            return;
        }
        string? upload = request.Query["uploadId"];
        switch (request.Method)
        {
            case "GET" when request.Query.ContainsKey("uploads"):
                await Say(http, "ListMultipartUploadsResult", [new XElement(Space + "IsTruncated", false), .. Uploads.Select(one =>
                    new XElement(Space + "Upload", new XElement(Space + "Key", one.Value.Key), new XElement(Space + "UploadId", one.Key), new XElement(Space + "Initiated", one.Value.Begun)))]);
                break;
            case "GET" when key.Length == 0:
                await Say(http, "ListBucketResult", [new XElement(Space + "IsTruncated", false), .. Objects.Where(one => one.Key.StartsWith(request.Query["prefix"].ToString(), StringComparison.Ordinal)).Select(one =>
                    new XElement(Space + "Contents", new XElement(Space + "Key", one.Key), new XElement(Space + "LastModified", one.Value.At), new XElement(Space + "Size", one.Value.Bytes.Length)))]);
                break;
            case "GET":
                await Send(http, key);
                break;
            case "POST" when upload is null:
                upload = Guid.NewGuid().ToString("N");
                Uploads[upload] = (key, TimeProvider.System.GetUtcNow().UtcDateTime, []);
                await Say(http, "InitiateMultipartUploadResult", [new XElement(Space + "UploadId", upload)]);
                break;
            case "POST":
                Objects[key] = (Uploads.TryRemove(upload, out var done) ? [.. done.Parts.OrderBy(part => part.Key).SelectMany(part => part.Value)] : [], TimeProvider.System.GetUtcNow().UtcDateTime);
                await Say(http, "CompleteMultipartUploadResult", [new XElement(Space + "ETag", Tag(Objects[key].Bytes))]);
                break;
            case "PUT":
                if (upload is null)
                    Objects[key] = (body.ToArray(), TimeProvider.System.GetUtcNow().UtcDateTime);
                else
                    Uploads[upload].Parts[int.Parse(request.Query["partNumber"]!, CultureInfo.InvariantCulture)] = body.ToArray();
                http.Response.Headers.ETag = Tag(body.ToArray());
                break;
            case "DELETE":
                _ = upload is null ? Objects.TryRemove(key, out _) : Uploads.TryRemove(upload, out _);
                http.Response.StatusCode = 204;
                break;
        }
    }

    async Task Send(HttpContext http, string key)
    {
        if (!Objects.TryGetValue(key, out var found) || http.Request.Headers.IfMatch is [{ } wanted] && wanted != Tag(found.Bytes))
        {
            http.Response.StatusCode = found.Bytes is null ? 404 : 412;
            return;
        }
        var from = RangeHeaderValue.TryParse(http.Request.Headers.Range, out var range) ? (int)range.Ranges.Single().From!.Value : 0;
        http.Response.StatusCode = from > 0 ? 206 : 200;
        http.Response.Headers.ETag = Tag(found.Bytes);
        http.Response.ContentLength = found.Bytes.Length - from;
        await http.Response.Body.WriteAsync(found.Bytes.AsMemory(from), http.RequestAborted);
    }

    static async Task Say(HttpContext http, string name, object[] members)
    {
        http.Response.ContentType = "application/xml";
        await http.Response.WriteAsync(new XElement(Space + name, members).ToString());
    }

    /// <summary>As of an object that came in parts: it is no hash of the whole.</summary>
    public static string Tag(byte[] bytes) => $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))[..32]}-2\"";
}
