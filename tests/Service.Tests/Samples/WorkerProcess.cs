using System.Diagnostics;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>A worker as a process of its own, which a test may kill.</summary>
internal sealed class WorkerProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly Task<string> _output;

    WorkerProcess(Process process, Uri address, Task<string> output) => (_process, Address, _output) = (process, address, output);

    public Uri Address { get; }

    /// <summary>Returns when the worker is ready.</summary>
    public static async Task<WorkerProcess> Start(IReadOnlyDictionary<string, string> variables)
    {
        var (program, address) = (Path.Combine(AppContext.BaseDirectory, "Plimsoll.Worker.dll"), $"http://127.0.0.1:{Server.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [program, "serve", "--urls", address]) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        using var patience = Wait.Patience();
        var first = await process.StandardOutput.ReadLineAsync(patience.Token);
        Assert.Contains("worker listens", first);
        // Read on, or the worker would wait once the pipe is full.
        return new WorkerProcess(process, new Uri(address), process.StandardOutput.ReadToEndAsync(CancellationToken.None));
    }

    /// <summary>As the kernel does when memory is short: no warning, no farewell.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As Kubernetes does before it kills. Returns the exit code.</summary>
    public async Task<int> Terminate()
    {
        await Server.Run("/bin/kill", "-TERM", $"{_process.Id}");
        using var patience = Wait.Patience();
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        await _output;
        _process.Dispose();
    }
}
