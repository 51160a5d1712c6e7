using System.Diagnostics;

namespace Plimsoll.Service.Tests.Samples;

/// <summary>The API as a process of its own, whose output a test may read.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly string _first;
    readonly Task<string> _rest;

    ApiProcess(Process process, Uri address, string first, Task<string> rest) => (_process, Address, _first, _rest) = (process, address, first, rest);

    public Uri Address { get; }

    /// <summary>Returns when it listens.</summary>
    public static async Task<ApiProcess> Start(IReadOnlyDictionary<string, string> variables)
    {
        var address = $"http://127.0.0.1:{Server.FreePort()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Plimsoll.Api.dll"), "serve", "--urls", address]) { RedirectStandardOutput = true };
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        var output = process.StandardOutput;
        var before = new List<string>();
        string? line;
        using var patience = Wait.Patience();
        while ((line = await output.ReadLineAsync(patience.Token))?.Contains(" listens on ", StringComparison.Ordinal) == false)
            before.Add(line);
        Assert.True(line is not null, $"it ended with {string.Join('\n', before)}");
        return new ApiProcess(process, new Uri(address), string.Join('\n', [line, .. before]), output.ReadToEndAsync(CancellationToken.None));
    }

    /// <summary>Asks it to stop. Returns what it wrote: first the line that says where it listens.</summary>
    public async Task<IReadOnlyList<string>> Stop()
    {
        await Server.Run("/bin/kill", "-TERM", $"{_process.Id}");
        using var patience = Wait.Patience();
        await _process.WaitForExitAsync(patience.Token);
        Assert.Equal(0, _process.ExitCode);
        return [.. _first.Split('\n'), .. (await _rest).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    /// <summary>As the kernel does when memory is short: no warning, no farewell.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await Kill();
        await _rest;
        _process.Dispose();
    }
}
