using System.Diagnostics;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>A program that is run to its end, and not for ever.</summary>
internal static class Command
{
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static Task<Outcome> Run(string program, string[] arguments, params (string Name, string Value)[] environment) => RunIn(Engine.Tests.Samples.Repository.Root, program, arguments, environment);

    public static async Task<Outcome> RunIn(string folder, string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Longest);
        using var process = Process.Start(start)!;
        try
        {
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new Outcome(process.ExitCode, output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}

/// <summary>How a run ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>What it wrote, where the exit code is 0.</summary>
    public string Text
    {
        get
        {
            Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Output}\n{Error}");
            return Output.Trim();
        }
    }
}
