using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>The reference registry server, on loopback. It and what was pushed go away with their test.</summary>
internal sealed class RegistryServer(string address) : IAsyncDisposable
{
    readonly TemporaryFolder _folder = new();
    Process? _process;

    public string Host { get; } = $"{address}:{FreePort(address)}";

    /// <param name="htpasswd">Who may use it; null: everybody.</param>
    /// <param name="address">Another of this machine's, for containers to reach it.</param>
    public static async Task<RegistryServer> Start(string? htpasswd = null, string address = "127.0.0.1")
    {
        Tool.SkipWithout("docker-registry");
        var server = new RegistryServer(address);
        var config = $"version: 0.1\nlog: {{ level: info, accesslog: {{ disabled: true }} }}\nstorage: {{ filesystem: {{ rootdirectory: {server._folder.At("data")} }} }}\nhttp: {{ addr: \"{server.Host}\" }}\n";
        if (htpasswd is not null)
            config += $"auth: {{ htpasswd: {{ realm: test, path: {server._folder.Write("htpasswd", htpasswd)} }} }}\n";
        server._process = Process.Start(new ProcessStartInfo(Tool.PathOf("docker-registry")!, ["serve", server._folder.Write("config.yml", config)]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var listening = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Heard(object _, DataReceivedEventArgs line)
        {
            if (line.Data is null)
                listening.TrySetException(new InvalidOperationException("the registry ended before it listened"));
            else if (line.Data.Contains("listening on", StringComparison.Ordinal))
                listening.TrySetResult();
        }
        server._process.ErrorDataReceived += Heard;
        server._process.BeginErrorReadLine();
        _ = server._process.StandardOutput.ReadToEndAsync();
        await listening.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process?.Kill();
        if (_process is not null)
            await _process.WaitForExitAsync();
        _process?.Dispose();
        _folder.Dispose();
    }

    static int FreePort(string address)
    {
        using var listener = new TcpListener(IPAddress.Parse(address), 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
