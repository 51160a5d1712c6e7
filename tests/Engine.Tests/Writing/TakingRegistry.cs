using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Images.Registry;
using Plimsoll.Engine.Tests.Registry;
using static Plimsoll.Engine.Tests.Registry.ScriptedRegistry;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>A registry in memory that takes pushes by the specification, but for what a test has it do otherwise.</summary>
internal sealed class TakingRegistry : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, byte[]> _uploads = new();
    readonly Func<HttpListenerRequest, TakingRegistry, Answer?> _instead;
    readonly ScriptedRegistry _server;
    int _begun;

    /// <param name="instead">Answers in place of the registry; null: the registry does.</param>
    public TakingRegistry(Func<HttpListenerRequest, TakingRegistry, Answer?>? instead = null)
    {
        _instead = instead ?? ((_, _) => null);
        _server = new ScriptedRegistry((request, _) => _instead(request, this) is { } answer ? Heard(request, answer) : Usual(request));
    }

    public string Host => _server.Host;

    public ConcurrentDictionary<string, byte[]> Blobs { get; } = new();

    public ConcurrentDictionary<string, byte[]> Manifests { get; } = new();

    public List<(string Method, string Path, string? Authorization, string? Range)> Asked => [.. _server.Asked];

    public ConcurrentQueue<(string? Range, int Length)> Chunks { get; } = new();

    public ImageTarget Target(string repository = "shop/web:1") => new ImageTarget.Registry(ImageName.Parse($"{Host}/{repository}"));

    public RegistryOptions Options(RegistryOptions? options = null) => (options ?? new RegistryOptions()) with { PlainHttp = new HashSet<string> { Host } };

    /// <summary>Takes the first bytes of a chunk, and says no more than OK.</summary>
    public Answer TakePart(HttpListenerRequest request, int length)
    {
        var bytes = new byte[length];
        request.InputStream.ReadExactly(bytes);
        Append(request, bytes);
        return new(0) { IsNone = true };
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // A client that is still sending might hear of a broken connection in place of the answer.
    static Answer Heard(HttpListenerRequest request, Answer answer)
    {
        if (!answer.IsNone)
            Body(request);
        return answer;
    }

    Answer Usual(HttpListenerRequest request)
    {
        var path = request.Url!.AbsolutePath;
        var name = path[(path.LastIndexOf('/') + 1)..];
        return (request.HttpMethod, path.Contains("/manifests/", StringComparison.Ordinal), path.Contains("/blobs/uploads/", StringComparison.Ordinal)) switch
        {
            ("PUT", true, _) => Kept(Manifests, name, Body(request), null),
            (_, true, _) => Found(Manifests, name),
            ("POST", _, true) => Begin(path),
            ("PATCH", _, true) => Patch(request, name),
            ("PUT", _, true) => Finish(request, name),
            ("GET", _, true) => _uploads.TryGetValue(name, out var upload) ? Standing(path, upload, 204) : new(404),
            ("DELETE", _, true) => new(_uploads.TryRemove(name, out _) ? 204 : 404),
            _ => Found(Blobs, name),
        };
    }

    Answer Begin(string path)
    {
        var id = Interlocked.Increment(ref _begun).ToString(CultureInfo.InvariantCulture);
        _uploads[id] = [];
        return Standing(path + id, [], 202);
    }

    Answer Patch(HttpListenerRequest request, string id)
    {
        if (!_uploads.TryGetValue(id, out var upload))
            return new(404);
        var range = request.Headers["Content-Range"];
        var body = Body(request);
        Chunks.Enqueue((range, body.Length));
        if (range != $"{upload.Length}-{upload.Length + request.ContentLength64 - 1}")
            return Standing(request.Url!.AbsolutePath, upload, 416);
        upload = Append(request, body);
        return body.Length == request.ContentLength64 ? Standing(request.Url!.AbsolutePath, upload, 202) : new(0) { IsNone = true };
    }

    Answer Finish(HttpListenerRequest request, string id)
    {
        var digest = request.QueryString["digest"]!;
        if (!_uploads.TryRemove(id, out var upload))
            return new(404);
        byte[] blob = [.. upload, .. Body(request)];
        return Digest.Of(blob).Value == digest ? Kept(Blobs, digest, blob, digest)
            : new(400, Encoding.ASCII.GetBytes($"{{\"errors\":[{{\"message\":\"{blob.Length} bytes, but not those of the digest\"}}]}}"));
    }

    byte[] Append(HttpListenerRequest request, byte[] bytes)
    {
        var id = request.Url!.AbsolutePath[(request.Url.AbsolutePath.LastIndexOf('/') + 1)..];
        return _uploads[id] = [.. _uploads[id], .. bytes];
    }

    static Answer Standing(string path, byte[] upload, int status) => new(status, Headers: [("Location", path), ("Range", $"0-{Math.Max(upload.Length - 1, 0)}")]);

    static Answer Kept(ConcurrentDictionary<string, byte[]> place, string name, byte[] content, string? digest)
    {
        place[name] = content;
        return new(201, Headers: [("Docker-Content-Digest", digest ?? Digest.Of(content).Value)]);
    }

    static Answer Found(ConcurrentDictionary<string, byte[]> place, string name) =>
        place.TryGetValue(name, out var content) ? new(200, content, "application/octet-stream") : new(404);

    // Of a connection that breaks, what came by it.
    static byte[] Body(HttpListenerRequest request)
    {
        var body = new MemoryStream();
        try
        {
            request.InputStream.CopyTo(body);
        }
        catch (Exception e) when (e is IOException or HttpListenerException)
        {
            return body.ToArray();
        }
        return body.ToArray();
    }
}
