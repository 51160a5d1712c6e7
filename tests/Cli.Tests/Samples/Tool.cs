using System.Diagnostics;

namespace Plimsoll.Cli.Tests.Samples;

/// <summary>Runs the built program as a process of its own, as a user or a script would.</summary>
internal static class Tool
{
    static readonly string[] Inherited = ["PATH", "HOME", "DOTNET_ROOT", "DOTNET_ROOT_X64", "TMPDIR", "LANG"];

    /// <summary>Runs to the end, with nothing on standard input.</summary>
    public static Task<Outcome> Run(params string[] arguments) => Run(arguments, null, []);

    /// <summary>Runs to the end as a user for whom the modes of files count, which they do for root only without its capabilities.</summary>
    public static Task<Outcome> RunWithoutPrivileges(params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes of files");
        if (!Environment.IsPrivilegedProcess)
            return Run(arguments);
        Assert.SkipUnless(File.Exists("/usr/bin/setpriv"), "setpriv is not installed, and root may read everything");
        return ToEnd(Process.Start(Start("/usr/bin/setpriv", ["--bounding-set=-all", "--inh-caps=-all", "dotnet", Dll, .. arguments], []))!, []);
    }

    /// <param name="environment">Besides what a process cannot do without: a terminal's variables are never inherited.</param>
    public static Task<Outcome> Run(string[] arguments, byte[]? input = null, params (string Name, string Value)[] environment) => ToEnd(Start(arguments, environment), input ?? []);

    static async Task<Outcome> ToEnd(Process started, byte[] input)
    {
        using var process = started;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardInput.BaseStream.WriteAsync(input, TestContext.Current.CancellationToken);
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, await output, await error);
    }

    public static Process Start(string[] arguments, params (string Name, string Value)[] environment) =>
        Process.Start(Start("dotnet", [Dll, .. arguments], environment))!;

    /// <summary>Runs a shell script in which <c>plimsoll</c> is the program.</summary>
    public static async Task<Outcome> Shell(string script, params (string Name, string Value)[] environment)
    {
        using var process = Process.Start(Start("bash", ["-c", $"plimsoll() {{ dotnet '{Dll}' \"$@\"; }}\n{script}"], environment))!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, output, await error);
    }

    public static string Dll { get; } = Path.Combine(AppContext.BaseDirectory, "plimsoll.dll");

    static ProcessStartInfo Start(string file, IEnumerable<string> arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(file, arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root,
        };
        foreach (var name in start.Environment.Keys.Except(Inherited).ToList())
            start.Environment.Remove(name);
        // Not those of whoever runs the tests.
        if (!environment.Any(one => one.Name is "HOME" or "XDG_DATA_HOME"))
            start.Environment["PLIMSOLL_ADVISORIES"] = Path.Combine(AppContext.BaseDirectory, "no-advisories");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return start;
    }
}

/// <summary>How a run ended.</summary>
internal sealed record Outcome(int ExitCode, string Output, string Error)
{
    /// <summary>The exit code, with what was said where it is another.</summary>
    public Outcome Exits(int code)
    {
        Assert.True(ExitCode == code, $"exit code {ExitCode}, not {code}\n{Output}\n{Error}");
        return this;
    }
}
