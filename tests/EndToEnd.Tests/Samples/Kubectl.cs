using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Plimsoll.Engine.Tests.Samples;
using Plimsoll.Images.Tests.Samples;

namespace Plimsoll.EndToEnd.Tests.Samples;

/// <summary>kubectl in one namespace: what the tests do is what people do.</summary>
internal sealed class Kubectl(string kubeconfig, string ns)
{
    static readonly string s_program = Tool.PathOf("kubectl") ?? "kubectl";

    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    public string Kubeconfig => kubeconfig;

    public string Namespace => ns;

    /// <summary>What it says, whatever its exit code.</summary>
    public Task<Outcome> Try(params string[] arguments) => Command.Run(s_program, ["--kubeconfig", kubeconfig, "--namespace", ns, .. arguments]);

    public async Task<string> Run(params string[] arguments) => (await Try(arguments)).Text;

    public async Task<JsonElement> Get(params string[] what)
    {
        using var document = JsonDocument.Parse(await Run(["get", "--output", "json", .. what]));
        return document.RootElement.Clone();
    }

    /// <summary>The objects that are written there, as they shall be.</summary>
    public async Task<string> Apply(string yaml)
    {
        using var folder = new TemporaryFolder();
        return await Run("apply", "--filename", folder.Write("objects.yaml", yaml));
    }

    public Task Wait(string what, string condition, TimeSpan? longest = null) => Run("wait", what, $"--for={condition}", $"--timeout={(int)(longest ?? Longest).TotalSeconds}s");

    /// <summary>The first state of an object, as it comes from a watch, that something holds of.</summary>
    /// <param name="what">Such as <c>deployment/web</c>.</param>
    public async Task<JsonElement> Until(string what, Func<JsonElement, bool> holds, TimeSpan? longest = null)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(longest ?? Longest);
        using var watch = Start("get", what, "--watch", "--output", "json");
        var last = default(JsonElement);
        try
        {
            while (await Next(watch.StandardOutput, patience.Token) is { } state)
                if (holds(last = state))
                    return state;
            throw new InvalidOperationException($"kubectl ended: {await watch.StandardError.ReadToEndAsync(patience.Token)}");
        }
        catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{what} did not get there within {longest ?? Longest}; it is\n{(last.ValueKind == JsonValueKind.Object && last.TryGetProperty("status", out var status) ? status : last)}");
        }
        finally
        {
            watch.Kill();
        }
    }

    // A reader of several values in one stream holds the last one back until more comes. An object ends with the only line that is a brace alone, without a space before it.
    static async Task<JsonElement?> Next(StreamReader output, CancellationToken ct)
    {
        var text = new StringBuilder();
        while (await output.ReadLineAsync(ct) is { } line)
        {
            text.AppendLine(line);
            if (line != "}")
                continue;
            using var document = JsonDocument.Parse(text.ToString());
            return document.RootElement.Clone();
        }
        return null;
    }

    /// <summary>One that goes on until it is killed.</summary>
    public Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(s_program, ["--kubeconfig", kubeconfig, "--namespace", ns, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
