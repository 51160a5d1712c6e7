using System.Text.Json.Nodes;

namespace Plimsoll.Images.Tests.Samples;

/// <summary>The container of a pod that runs on.</summary>
internal sealed class RunningPod(string name, JsonObject container)
{
    static readonly HttpClient Http = new();

    public string Name => name;

    /// <summary>Where its port answers on this machine. Another port after each start.</summary>
    public async Task<Uri> Address() => new($"http://{(await Docker.Run("port", name, ((int)container["ports"]![0]!["containerPort"]!).ToString(System.Globalization.CultureInfo.InvariantCulture))).Text}");

    /// <summary>Whether a probe succeeds now, asked as the kubelet asks it: an answer from 200 to 399, or a program that ends with 0.</summary>
    public async Task<bool> Probe(string probe, CancellationToken ct)
    {
        var asked = container[probe]!;
        if (asked["exec"] is { } exec)
            return (await Docker.Run(["exec", name, .. exec["command"]!.AsArray().Select(word => (string)word!)])).ExitCode == 0;
        var get = asked["httpGet"] ?? throw new NotSupportedException($"a probe of the kind {asked.ToJsonString()}: on the published port it is Docker that answers");
        Assert.Equal((string?)container["ports"]![0]!["name"], (string?)get["port"]);
        try
        {
            using var answer = await Http.GetAsync(new Uri(await Address(), (string)get["path"]!), ct);
            return (int)answer.StatusCode is >= 200 and < 400;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Until it is started and ready. One that has ended never is.</summary>
    public async Task Ready(CancellationToken ct)
    {
        await Patience.Until(async () => await IsRunning() && await Probe("startupProbe", ct), ct);
        await Patience.Until(() => Probe("readinessProbe", ct), ct);
    }

    public async Task Stop() => _ = (await Docker.Run("stop", "--time", "25", name)).Text;

    public async Task StartAgain() => _ = (await Docker.Run("start", name)).Text;

    public async Task<int> ExitCode() => (await Docker.Inspect(name)).GetProperty("State").GetProperty("ExitCode").GetInt32();

    /// <summary>What it wrote.</summary>
    public async Task<string> Log() => await Docker.Run("logs", name) is var log ? log.Output + log.Error : "";

    async Task<bool> IsRunning() => (await Docker.Inspect(name)).GetProperty("State").GetProperty("Running").GetBoolean() ? true : throw new InvalidOperationException($"{name} has ended: {await Log()}");
}
