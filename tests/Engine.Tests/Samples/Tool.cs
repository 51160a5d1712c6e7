using System.Diagnostics;

namespace Plimsoll.Engine.Tests.Samples;

/// <summary>Programs of the machine that tests compare with. A test that needs one that is missing is skipped, and says so.</summary>
internal static class Tool
{
    /// <summary>Far more than any takes, a slow download included: one that hangs must not take the other tests with it.</summary>
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public static string? PathOf(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Append("/usr/sbin").Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    public static void SkipWithout(params string[] names)
    {
        foreach (var name in names)
            Assert.SkipWhen(PathOf(name) is null, $"{name} is not installed");
    }

    /// <summary>Runs a program to its end and returns what it printed; fails the test when it fails.</summary>
    public static async Task<string> Run(string name, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(PathOf(name) ?? name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            start.Environment[key] = value;
        using var process = Process.Start(start)!;
        using var hang = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        hang.CancelAfter(Longest);
        try
        {
            var error = process.StandardError.ReadToEndAsync(hang.Token);
            var output = await process.StandardOutput.ReadToEndAsync(hang.Token);
            await process.WaitForExitAsync(hang.Token);
            Assert.True(process.ExitCode == 0, $"{name} exited with {process.ExitCode}: {await error}");
            return output;
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{name} did not end within {Longest.TotalMinutes} minutes");
        }
    }
}
