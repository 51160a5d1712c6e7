using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A registry on loopback that has the images of a test and remembers what it was asked.</summary>
internal sealed class TinyRegistry : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentDictionary<string, (byte[] Bytes, string Type)> _manifests = new();
    readonly ConcurrentDictionary<string, byte[]> _blobs = new();

    TinyRegistry(WebApplication app, string host) => (_app, Host) = (app, host);

    public string Host { get; }

    /// <summary>Method and path of each request.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Asked before each answer; what it completes with goes first. Null: the usual answer.</summary>
    public Func<HttpContext, Task<IResult?>>? Before { get; set; }

    public IEnumerable<string> AskedFor(string part) => Asked.Where(one => one.Contains(part, StringComparison.Ordinal));

    public static async Task<TinyRegistry> Start()
    {
        var host = $"127.0.0.1:{Server.FreePort()}";
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://{host}");
        var app = builder.Build();
        var registry = new TinyRegistry(app, host);
        app.Run(async context => await (await registry.Answer(context)).ExecuteAsync(context));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return registry;
    }

    /// <summary>Gives a tag, and the digest, of a repository an image.</summary>
    public void Push(string repository, string tag, OciImage image)
    {
        Push(repository, tag, image.Manifest, OciImage.ManifestType);
        foreach (var blob in image.Blobs)
            _blobs[OciImage.DigestOf(blob)] = blob;
    }

    public void Push(string repository, string tag, byte[] manifest, string type) =>
        _manifests[$"/v2/{repository}/manifests/{tag}"] = _manifests[$"/v2/{repository}/manifests/{OciImage.DigestOf(manifest)}"] = (manifest, type);

    /// <summary>The variables of a service that may reach it.</summary>
    public (string, string)[] Variables(params (string, string)[] others) => [("REGISTRY_ALLOW_PRIVATE", "127.0.0.0/8"), ("REGISTRY_PLAIN_HTTP", Host), .. others];

    async Task<IResult> Answer(HttpContext context)
    {
        Asked.Enqueue($"{context.Request.Method} {context.Request.Path}");
        if (Before is { } before && await before(context) is { } first)
            return first;
        var path = context.Request.Path.Value!;
        if (_manifests.TryGetValue(path, out var manifest))
        {
            context.Response.Headers["Docker-Content-Digest"] = OciImage.DigestOf(manifest.Bytes);
            return context.Request.Method == "HEAD" ? Results.Ok() : Results.Bytes(manifest.Bytes, manifest.Type);
        }
        return _blobs.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var blob) ? Results.Bytes(blob, "application/octet-stream") : Results.NotFound();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
