using System.Diagnostics;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>Prometheus' own tool for rules. A test that does not find it is skipped.</summary>
internal static class Promtool
{
    static readonly string? Program = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "promtool")).FirstOrDefault(File.Exists);

    public static async Task<Outcome> Run(params string[] arguments)
    {
        Assert.SkipWhen(Program is null, "there is no promtool on the path: Debian's package prometheus has it");
        using var process = Process.Start(new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, output, await error);
    }
}
