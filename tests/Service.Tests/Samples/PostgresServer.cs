using System.Diagnostics;
using Npgsql;
using Plimsoll.Service.Tests.Samples;
using Testcontainers.PostgreSql;

[assembly: AssemblyFixture(typeof(PostgresServer))]
[assembly: AssemblyFixture(typeof(RedisServer))]

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A throw-away PostgreSQL of the machine's own binaries, or in a container where there are none. Each test has a database of its own in it.</summary>
public sealed class PostgresServer : IAsyncLifetime
{
    readonly string _folder = Path.Combine(Path.GetTempPath(), $"plimsoll-postgres-{Guid.NewGuid():N}");
    Process? _server;
    ContainerServer? _container;

    /// <summary>Why there is none; null when there is one.</summary>
    public string? Missing { get; private set; }

    public int Port { get; } = Server.FreePort();

    public async ValueTask InitializeAsync()
    {
        if (ContainerServer.IsWanted || Server.PathOf("initdb") is null || Server.PathOf("postgres") is null)
        {
            // SIGQUIT ends PostgreSQL at once, as its own tool does below.
            (_container, Missing) = await ContainerServer.TryStart("postgresql is not installed", () => new PostgreSqlBuilder("postgres:17-alpine")
                .WithUsername("plimsoll").WithEnvironment("POSTGRES_HOST_AUTH_METHOD", "trust").WithPortBinding(Port, PostgreSqlBuilder.PostgreSqlPort)
                .WithCommand("-c", "fsync=off", "-c", "max_connections=300").WithCreateParameterModifier(create => create.StopSignal = "SIGQUIT").Build());
            return;
        }
        Directory.CreateDirectory(_folder);
        if (Environment.UserName == "root")
            await Server.Run("/bin/chown", "postgres", _folder);
        await Server.Run(AsOwner("initdb"), [.. OwnerArguments("initdb"), "--pgdata", _folder, "--username", "plimsoll", "--auth", "trust", "--no-sync", "--encoding", "UTF8"]);
        await Start();
    }

    public async Task Start()
    {
        if (_container is not null)
        {
            await _container.Start();
            return;
        }
        _server = Server.Start(AsOwner("postgres"), [.. OwnerArguments("postgres"), "-D", _folder, "-p", $"{Port}", "-c", "listen_addresses=127.0.0.1", "-k", _folder, "-c", "fsync=off", "-c", "max_connections=300"]);
        _server.OutputDataReceived += (_, _) => { };
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginOutputReadLine();
        _server.BeginErrorReadLine();
        await Server.Listening(Port, _server);
        await using var admin = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=plimsoll;Database=postgres;Pooling=false");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await timer.WaitForNextTickAsync())
            try
            {
                await using var connection = await admin.OpenConnectionAsync();
                return;
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                // It is starting up.
            }
    }

    /// <summary>Stops it as a crash would: connections are cut.</summary>
    public async Task Stop()
    {
        if (_container is not null)
        {
            await _container.Stop();
            return;
        }
        await Server.Run(AsOwner("pg_ctl"), [.. OwnerArguments("pg_ctl"), "stop", "-D", _folder, "-m", "immediate"]);
        await _server!.WaitForExitAsync();
        _server.Dispose();
        _server = null;
    }

    /// <summary>A new database, as an address for <c>DATABASE_URL</c>.</summary>
    public async Task<string> NewDatabase()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        var name = $"t{Guid.NewGuid():N}";
        await using var admin = NpgsqlDataSource.Create($"Host=127.0.0.1;Port={Port};Username=plimsoll;Database=postgres;Pooling=false");
        await using var create = admin.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return $"postgres://plimsoll@127.0.0.1:{Port}/{name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_container is not null)
            await _container.DisposeAsync();
        if (_server is not null)
            await Stop();
        if (Directory.Exists(_folder))
            Directory.Delete(_folder, recursive: true);
    }

    // PostgreSQL refuses to run as root.
    static string AsOwner(string program) => Environment.UserName == "root" ? "/usr/sbin/runuser" : Server.PathOf(program)!;

    static string[] OwnerArguments(string program) => Environment.UserName == "root" ? ["-u", "postgres", "--", Server.PathOf(program)!] : [];
}
