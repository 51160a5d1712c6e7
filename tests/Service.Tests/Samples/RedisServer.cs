using System.Diagnostics;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A throw-away Redis of the machine's own binary, which keeps nothing.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    Process? _server;

    public string? Missing { get; private set; }

    public int Port { get; } = Server.FreePort();

    public string Url => $"redis://127.0.0.1:{Port}";

    public async ValueTask InitializeAsync()
    {
        if (Server.PathOf("redis-server") is null)
            Missing = "redis-server is not installed";
        else
            await Start();
    }

    public async Task Start()
    {
        _server = Server.Start(Server.PathOf("redis-server")!, "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning", "--logfile", "/dev/null");
        await Server.Listening(Port, _server);
    }

    public async Task Stop()
    {
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await Stop();
    }
}
