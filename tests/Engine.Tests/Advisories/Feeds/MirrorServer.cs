using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plimsoll.Engine.Tests.Advisories.Feeds;

/// <summary>A mirror on loopback: files with entity tags, and whatever else a test wants of it.</summary>
internal sealed class MirrorServer : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource _over = new();
    readonly Task _loop;

    public MirrorServer()
    {
        _listener.Start();
        _loop = Serve();
    }

    /// <summary>The bytes of each path, which begins with a slash. A file's tag changes with its bytes.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Answers that are not 200.</summary>
    public ConcurrentDictionary<string, int> Statuses { get; } = new();

    /// <summary>How often a path answers 503 before it is in order.</summary>
    public ConcurrentDictionary<string, int> Faults { get; } = new();

    /// <summary>Bytes of a body after which nothing more comes.</summary>
    public ConcurrentDictionary<string, int> Cuts { get; } = new();

    /// <summary>Whether the connection stays open where it is cut.</summary>
    public bool Hangs { get; set; }

    /// <summary>As <c>200 /PyPI/all.zip</c>.</summary>
    public ConcurrentQueue<string> Answered { get; } = new();

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    public async ValueTask DisposeAsync()
    {
        if (_loop.IsCompleted)
            return;
        await _over.CancelAsync();
        _listener.Stop();
        await _loop;
        _over.Dispose();
    }

    async Task Serve()
    {
        var answers = new List<Task>();
        try
        {
            while (!_over.IsCancellationRequested)
                answers.Add(Answer(await _listener.AcceptTcpClientAsync(_over.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(answers);
        }
    }

    bool IsAtFault(string path)
    {
        while (Faults.TryGetValue(path, out var left) && left > 0)
            if (Faults.TryUpdate(path, left - 1, left))
                return true;
        return false;
    }

    async Task Answer(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = client.GetStream();
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            // A client may open a connection that it finds no use for.
            if (await reader.ReadLineAsync(_over.Token) is not { } asked)
                return;
            var path = Uri.UnescapeDataString(asked.Split(' ')[1]);
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync(_over.Token) is { Length: > 0 } line)
                headers[line.Split(": ", 2)[0]] = line.Split(": ", 2)[1];
            var body = Files.GetValueOrDefault(path, []);
            var tag = $"\"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body))}\"";
            var status = Statuses.TryGetValue(path, out var wanted) ? wanted : IsAtFault(path) ? 503 : !Files.ContainsKey(path) ? 404 : headers.GetValueOrDefault("If-None-Match") == tag ? 304 : 200;
            Answered.Enqueue($"{status} {path}");
            var length = status == 200 ? body.Length : 0;
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Some\r\nContent-Length: {length}\r\nETag: {tag}\r\nConnection: close\r\n\r\n"), _over.Token);
            await stream.WriteAsync(body.AsMemory(0, Cuts.TryGetValue(path, out var cut) ? Math.Min(cut, length) : length), _over.Token);
            if (Hangs && Cuts.ContainsKey(path))
                await Task.Delay(Timeout.Infinite, _over.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // Who asked has gone, or the test is over.
        }
    }
}
