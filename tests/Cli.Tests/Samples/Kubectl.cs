using System.Diagnostics;
using System.Text.Json.Nodes;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Cli.Tests.Samples;

/// <summary>A kubectl that is first on PATH: a shell script that writes down what it is asked, and then does what the test wants.</summary>
internal sealed class Kubectl : IDisposable
{
    readonly Folder _folder = new();

    /// <param name="script">In which <c>$HERE</c> is a folder for files.</param>
    public Kubectl(string script)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "kubectl is a shell script here");
        var file = _folder.Write("kubectl", $"#!/bin/sh\nHERE='{_folder.Path}'\nprintf '%s\\n' \"$@\" > \"$HERE/asked\"\n{script}\n");
        Runnable.Make(file);
    }

    public static Kubectl Answering(string json)
    {
        var kubectl = new Kubectl("cat \"$HERE/answer\"");
        kubectl._folder.Write("answer", json);
        return kubectl;
    }

    public static Kubectl Answering(JsonNode json) => Answering(json.ToJsonString());

    /// <summary>A word a line.</summary>
    public string[] Asked => File.ReadAllLines(At("asked"));

    public (string Name, string Value) OnPath => ("PATH", $"{_folder.Path}:{Environment.GetEnvironmentVariable("PATH")}");

    public string At(string name) => _folder.At(name);

    public Task<Outcome> Run(params string[] arguments) => RunOn("100", arguments);

    public Task<Outcome> RunOn(string columns, params string[] arguments) => Tool.Run(["rollouts", .. arguments], null, OnPath, ("COLUMNS", columns));

    /// <summary>Ends when every process has ended that opened the pipe <c>$HERE/alive</c> for writing.</summary>
    public Process Watch()
    {
        using (var make = Process.Start("mkfifo", [At("alive")]))
            make.WaitForExit();
        return Process.Start(new ProcessStartInfo("cat", [At("alive")]) { RedirectStandardOutput = true })!;
    }

    public void Dispose() => _folder.Dispose();
}
