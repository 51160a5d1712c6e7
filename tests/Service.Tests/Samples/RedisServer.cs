using System.Diagnostics;
using Testcontainers.Redis;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A throw-away Redis of the machine's own binary, or in a container where there is none. It keeps nothing.</summary>
public sealed class RedisServer : IAsyncLifetime
{
    Process? _server;
    ContainerServer? _container;

    public string? Missing { get; private set; }

    public int Port { get; } = Server.FreePort();

    public string Url => $"redis://127.0.0.1:{Port}";

    public async ValueTask InitializeAsync()
    {
        if (ContainerServer.IsWanted || Server.PathOf("redis-server") is null)
            (_container, Missing) = await ContainerServer.TryStart("redis-server is not installed", () => new RedisBuilder("redis:8-alpine")
                .WithPortBinding(Port, RedisBuilder.RedisPort).WithCommand("--save", "", "--appendonly", "no").Build());
        else
            await Start();
    }

    public async Task Start()
    {
        if (_container is not null)
        {
            await _container.Start();
            return;
        }
        _server = Server.Start(Server.PathOf("redis-server")!, "--port", $"{Port}", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--loglevel", "warning", "--logfile", "/dev/null");
        await Server.Listening(Port, _server);
    }

    public async Task Stop()
    {
        if (_container is not null)
        {
            await _container.Stop();
            return;
        }
        _server!.Kill();
        await _server.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
            await _container.DisposeAsync();
        if (_server is not null)
            await Stop();
    }
}
