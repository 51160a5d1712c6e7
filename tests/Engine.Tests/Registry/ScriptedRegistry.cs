using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Engine.Tests.Registry;

/// <summary>A registry on loopback that answers as a test says and remembers what it was asked.</summary>
internal sealed class ScriptedRegistry : IAsyncDisposable
{
    readonly HttpListener _listener;
    readonly Func<HttpListenerRequest, int, Answer> _script;
    readonly ConcurrentDictionary<string, int> _times = new();
    readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly CancellationTokenSource _closing = new();
    readonly Task _loop;

    public ScriptedRegistry(Func<HttpListenerRequest, int, Answer> script, string host = "127.0.0.1")
    {
        _script = script;
        (_listener, Host) = Listen(host);
        _loop = Serve();
    }

    /// <param name="Type">Null: JSON; empty: none is said.</param>
    /// <param name="CutAfter">Bytes of the body after which the connection breaks; −1: never.</param>
    public sealed record Answer(int Status, byte[]? Body = null, string? Type = null, int CutAfter = -1, params (string Name, string Value)[] Headers)
    {
        /// <summary>Whether the connection falls silent where it would break.</summary>
        public bool Hangs { get; init; }

        /// <summary>Whether the connection breaks in place of an answer. The server may still say OK on its way out.</summary>
        public bool IsNone { get; init; }
    }

    public string Host { get; }

    public ConcurrentQueue<(string Method, string Path, string? Authorization, string? Range)> Asked { get; } = new();

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // A port that was free a moment ago may be taken by now.
    static (HttpListener, string) Listen(string host)
    {
        for (var attempt = 1; ; attempt++)
        {
            var address = $"{host}:{FreePort()}";
            var listener = new HttpListener { Prefixes = { $"http://{address}/" } };
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException) when (attempt < 10)
            {
                listener.Close();
            }
        }
    }

    async Task Serve()
    {
        var replies = new List<Task>();
        try
        {
            while (true)
            {
                // A listener that is closed just while it is asked for the next context never answers.
                var context = await _listener.GetContextAsync().WaitAsync(_closing.Token);
                replies.Add(ReplyOrAbort(context));
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException or OperationCanceledException)
        {
            // The test is over and the listener closed.
            await Task.WhenAll(replies);
        }
    }

    // A client that hung up, as some tests want it to, must not keep the next one waiting.
    async Task ReplyOrAbort(HttpListenerContext context)
    {
        try
        {
            await Reply(context);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException or System.Net.Sockets.SocketException)
        {
            context.Response.Abort();
        }
    }

    async Task Reply(HttpListenerContext context)
    {
        var path = context.Request.Url!.PathAndQuery;
        Asked.Enqueue((context.Request.HttpMethod, path, context.Request.Headers["Authorization"], context.Request.Headers["Range"]));
        var answer = _script(context.Request, _times.AddOrUpdate(path, 1, (_, times) => times + 1));
        var response = context.Response;
        if (answer.IsNone)
        {
            response.Abort();
            return;
        }
        response.StatusCode = answer.Status;
        if (answer.Type != "")
            response.ContentType = answer.Type ?? "application/json";
        foreach (var (name, value) in answer.Headers)
            response.AddHeader(name, value);
        var body = answer.Body ?? [];
        response.ContentLength64 = body.Length;
        if (context.Request.HttpMethod == "HEAD")
        {
            response.Close();
            return;
        }
        if (answer.CutAfter >= 0)
        {
            await response.OutputStream.WriteAsync(body.AsMemory(0, answer.CutAfter));
            await response.OutputStream.FlushAsync();
            if (answer.Hangs)
                await _over.Task;
            response.Abort();
            return;
        }
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }

    public async ValueTask DisposeAsync()
    {
        _over.SetResult();
        await _closing.CancelAsync();
        _listener.Close();
        await _loop;
        _closing.Dispose();
    }
}
