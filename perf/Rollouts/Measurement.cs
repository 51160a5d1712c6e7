using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Operator.Tests.Samples;

namespace Plimsoll.Perf.Rollouts;

/// <summary>Has an operator process finish many rollouts, watches it while nothing changes, and then has the bare requests made. Prints a row of figures.</summary>
internal static class Measurement
{
    public static async Task<int> Run(int count, int workers, TimeSpan steady, int megabytes, string program)
    {
        using var container = Container.Make(megabytes * 1_000_000L);
        await using var server = await FakeApiServer.Start();
        await using var service = await FakeService.Start();
        for (var i = 0; i < count; i++)
        {
            server.Of("deployments").Put(Sample.Workload($"web-{i}", ("app", "registry.example/web:1")));
            server.Of("deployments").Put(Sample.Workload($"bare-{i}", ("app", "registry.example/web:1")));
        }
        await using var workloads = new FakeWorkloads(server);
        var recording = new Recording("web-0");
        server.Fault = recording.See;
        using var folder = new TemporaryDirectory();
        using var running = Start(server, service, workers, program, folder.At("kubeconfig"), container);
        await Until(server, running, "leases", leases => leases.Versions().Count > 0 && (string?)leases.Find("shop/plimsoll-operator")?["spec"]?["holderIdentity"] is { Length: > 0 });

        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
            server.Of("imagerollouts").Put(Rollout($"web-{i}", $"registry.example/web:{i + 2}"));
        await Until(server, running, "imagerollouts", rollouts => rollouts.Versions().Keys.All(key => (string?)rollouts.Find(key)!["status"]?["phase"] == "Done"));
        var took = Stopwatch.GetElapsedTime(began);
        // The last events come after the last status.
        using (var timer = new PeriodicTimer(TimeSpan.FromSeconds(2)))
            await timer.WaitForNextTickAsync();
        var kinds = recording.Kinds.OrderByDescending(kind => kind.Value).ToList();
        var requests = kinds.Where(kind => kind.Key.Split(' ')[0] is "PUT" or "PATCH" or "POST" && !kind.Key.Contains("/leases", StringComparison.Ordinal)).Sum(kind => kind.Value) + service.Requests;

        var before = recording.Kinds.Values.Sum() + service.Requests;
        using (var timer = new PeriodicTimer(steady))
            await timer.WaitForNextTickAsync();
        var idle = (recording.Kinds.Values.Sum() + service.Requests - before) / steady.TotalSeconds;
        var (held, resident) = (container?.Peak / 1_000_000, PeakMegabytes(running.Id));
        running.Kill();
        await running.WaitForExitAsync();

        server.Fault = null;
        for (var i = 0; i < count; i++)
            server.Of("imagerollouts").Put(Rollout($"bare-{i}", $"registry.example/web:{i + 2}"));
        Recording.Write(folder.At("requests.json"), [.. Asked(service), .. recording.Kept]);
        var bare = await BareSeconds(folder.At("requests.json"), server, service, count, workers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {count:#,0} | {workers} | {took.TotalSeconds:0.0} s | {bare:0.0} s | {took.TotalSeconds / bare:0.0} | {requests / (double)count:0.0} | {idle:0.00} | {(held is { } most ? $"{most} of {megabytes} MB" : "not limited")} | {resident} MB |"));
        foreach (var kind in kinds)
            Console.Error.WriteLine($"{kind.Value,7} {kind.Key}");
        foreach (var kind in service.Seen.GroupBy(line => line.Split('?')[0].Split("sha256")[0]).OrderByDescending(kind => kind.Count()))
            Console.Error.WriteLine($"{kind.Count(),7} {kind.Key} (service)");
        return 0;
    }

    static JsonObject Rollout(string name, string image) => new()
    {
        ["apiVersion"] = "plimsoll.dev/v1alpha1", ["kind"] = "ImageRollout", ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "shop" },
        ["spec"] = new JsonObject { ["targetRef"] = new JsonObject { ["kind"] = "Deployment", ["name"] = name }, ["container"] = "app", ["image"] = image, ["policyRef"] = new JsonObject { ["name"] = "production" } },
    };

    /// <summary>What the service was asked for the first rollout, whose image no other has.</summary>
    static IEnumerable<Recorded> Asked(FakeService service)
    {
        var (image, digest) = ("registry.example/web:2", service.DigestOf("registry.example/web:2"));
        foreach (var line in service.Seen.Where(line => line.EndsWith($"image={image}", StringComparison.Ordinal) || line.Contains(digest, StringComparison.Ordinal)).ToList())
            yield return new Recorded(true, line.Split(' ')[0], line.Split(' ', 2)[1], null, null);
        yield return new Recorded(true, "POST", "/v1/inspections", "application/json", $$"""{"image":"registry.example/web@{{digest}}"}""");
    }

    static async Task Until(FakeApiServer server, Process running, string plural, Func<FakeCollection, bool> isSo)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!isSo(server.Of(plural)))
        {
            if (running.HasExited)
                throw new InvalidOperationException($"the operator ended with exit code {running.ExitCode}");
            await timer.WaitForNextTickAsync();
        }
    }

    static Process Start(FakeApiServer server, FakeService service, int workers, string program, string kubeconfig, Container? container)
    {
        File.WriteAllText(kubeconfig, $$"""
            apiVersion: v1
            kind: Config
            clusters: [{ name: fake, cluster: { server: "{{server.Configuration.Host}}" } }]
            users: [{ name: nobody, user: { token: none } }]
            contexts: [{ name: fake, context: { cluster: fake, user: nobody } }]
            current-context: fake
            """);
        // It is in the container before the first byte of its heap is.
        return Process.Start(new ProcessStartInfo("sh", ["-c", """[ -z "$0" ] || echo $$ > "$0"; exec dotnet "$@" """, container?.Processes ?? "", program, "serve", "--urls", "http://127.0.0.1:0"])
        {
            RedirectStandardOutput = false,
            Environment = { ["KUBECONFIG"] = kubeconfig, ["PLIMSOLL_URL"] = service.Address.ToString(), ["WORKERS"] = $"{workers}", ["POD_NAME"] = "perf", ["POD_NAMESPACE"] = "shop", ["LOG_LEVEL"] = "WARNING" },
        })!;
    }

    static async Task<double> BareSeconds(string file, FakeApiServer server, FakeService service, int count, int workers)
    {
        using var bare = Process.Start(new ProcessStartInfo("dotnet", [typeof(Bare).Assembly.Location, "bare", file, server.Configuration.Host + "/", service.Address.ToString(), $"{count}", $"{workers}"]) { RedirectStandardOutput = true })!;
        var said = await bare.StandardOutput.ReadToEndAsync();
        await bare.WaitForExitAsync();
        return double.Parse(said, CultureInfo.InvariantCulture);
    }

    static long PeakMegabytes(int process) => int.Parse(File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024L / 1_000_000;

    sealed class TemporaryDirectory : IDisposable
    {
        readonly string _root = Directory.CreateTempSubdirectory("plimsoll-perf-").FullName;

        public string At(string name) => Path.Combine(_root, name);

        public void Dispose() => Directory.Delete(_root, recursive: true);
    }
}
