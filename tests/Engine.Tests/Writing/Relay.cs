using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plimsoll.Engine.Tests.Writing;

/// <summary>Stands between a client and a server, hears what is asked, and may break a connection off.</summary>
internal sealed class Relay : IAsyncDisposable
{
    readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    readonly string _server;
    readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Task _loop;
    long _breakAfter;

    /// <param name="breakAfter">Bytes from the client, over all connections, after which the connection breaks that the last of them came by; it happens once.</param>
    public Relay(string server, long breakAfter = long.MaxValue)
    {
        (_server, _breakAfter) = (server, breakAfter);
        _listener.Start();
        _loop = Serve();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>First lines of requests.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public int Breaks { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _over.SetResult();
        _listener.Stop();
        await _loop;
    }

    async Task Serve()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(Join(await _listener.AcceptTcpClientAsync()));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            await Task.WhenAll(connections);
        }
    }

    async Task Join(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPEndPoint.Parse(_server));
            await Task.WhenAny(Forward(client, server), Back(server, client), _over.Task);
        }
    }

    async Task Forward(TcpClient client, TcpClient server)
    {
        var buffer = new byte[1 << 16];
        try
        {
            for (int read; (read = await client.GetStream().ReadAsync(buffer)) > 0;)
            {
                if (Encoding.ASCII.GetString(buffer, 0, Math.Min(read, 4000)).Split('\r')[0] is var line && line.EndsWith("HTTP/1.1", StringComparison.Ordinal))
                    Asked.Enqueue(line);
                if (Interlocked.Add(ref _breakAfter, -read) <= 0)
                {
                    _breakAfter = long.MaxValue;
                    Breaks++;
                    return;
                }
                await server.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side has hung up.
        }
    }

    static async Task Back(TcpClient server, TcpClient client)
    {
        try
        {
            await server.GetStream().CopyToAsync(client.GetStream());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Either side has hung up.
        }
    }
}
