using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using k8s;
using k8s.Models;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Definitions;

[assembly: AssemblyFixture(typeof(Plimsoll.Operator.Tests.Samples.ControlPlane))]

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>
/// A real API server with its etcd and nothing beside them, where their programs are: in the folder that <c>KUBEBUILDER_ASSETS</c> names, or in <c>/usr/local/kubebuilder/bin</c>.
/// Started by the first test that asks for it.
/// </summary>
public sealed class ControlPlane : IAsyncLifetime
{
    readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-control-plane-").FullName;
    readonly string _token = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
    readonly int _etcd = FreePort(), _server = FreePort();
    readonly List<Process> _processes = [];
    readonly Lazy<Task> _started;

    public ControlPlane() => _started = new Lazy<Task>(Start);

    static string Assets => Environment.GetEnvironmentVariable("KUBEBUILDER_ASSETS") is { Length: > 0 } given ? given : "/usr/local/kubebuilder/bin";

    internal KubernetesClientConfiguration Configuration => new() { Host = $"https://127.0.0.1:{_server}", AccessToken = _token, SkipTlsVerify = true };

    /// <summary>With the custom resource in it. Skips the test where there is no server to start.</summary>
    internal async Task<ApiServer> Client(params DelegatingHandler[] handlers)
    {
        Assert.SkipUnless(new[] { "etcd", "kube-apiserver" }.All(program => File.Exists(Path.Combine(Assets, program))),
            $"there is no kube-apiserver and etcd in {Assets}; KUBEBUILDER_ASSETS names a folder that has them (docs/testing.md)");
        await _started.Value;
        return new ApiServer(Configuration, handlers);
    }

    /// <summary>A namespace of its own.</summary>
    internal static async Task<string> Namespace(IKubernetes server) =>
        (await server.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { GenerateName = "test-" } }, cancellationToken: Patience.Ct)).Metadata.Name;

    /// <summary>Makes etcd forget everything but what is now.</summary>
    internal async Task Compact()
    {
        using var etcd = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_etcd}") };
        using var now = await etcd.PostAsJsonAsync("/v3/kv/range", new { key = Convert.ToBase64String("/"u8), limit = 1 }, Patience.Ct);
        var revision = System.Text.Json.Nodes.JsonNode.Parse(await now.Content.ReadAsStringAsync(Patience.Ct))!["header"]!["revision"]!.GetValue<string>();
        using var done = await etcd.PostAsJsonAsync("/v3/kv/compaction", new { revision, physical = true }, Patience.Ct);
        done.EnsureSuccessStatusCode();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes.AsEnumerable().Reverse())
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        Directory.Delete(_folder, recursive: true);
    }

    async Task Start()
    {
        using var key = RSA.Create(2048);
        var keyFile = Write("service-accounts.pem", key.ExportPkcs8PrivateKeyPem());
        var tokens = Write("tokens.csv", $"{_token},admin,admin,system:masters\n");
        Run("etcd", "--data-dir", Path.Combine(_folder, "etcd"), "--listen-client-urls", $"http://127.0.0.1:{_etcd}", "--advertise-client-urls", $"http://127.0.0.1:{_etcd}",
            "--listen-peer-urls", "http://127.0.0.1:0", "--unsafe-no-fsync");
        var server = Run("kube-apiserver", "--etcd-servers", $"http://127.0.0.1:{_etcd}", "--bind-address", "127.0.0.1", "--secure-port", $"{_server}", "--cert-dir", Path.Combine(_folder, "certificates"),
            "--token-auth-file", tokens, "--authorization-mode", "RBAC", "--service-cluster-ip-range", "10.0.0.0/24", "--service-account-issuer", "https://kubernetes.default.svc",
            "--service-account-key-file", keyFile, "--service-account-signing-key-file", keyFile, "--disable-admission-plugins", "ServiceAccount",
            // Everything comes from etcd itself: what it has forgotten, no cache remembers.
            "--watch-cache=false");
        using var client = new ApiServer(Configuration);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        var deadline = Stopwatch.StartNew();
        while (!await IsReady(client) && await timer.WaitForNextTickAsync())
        {
            Assert.False(server.HasExited, $"kube-apiserver does not start: {Tail("kube-apiserver.log")}");
            Assert.True(deadline.Elapsed < TimeSpan.FromMinutes(2), $"kube-apiserver is not ready after two minutes: {Tail("kube-apiserver.log")}");
        }
        await client.ApiextensionsV1.CreateCustomResourceDefinitionAsync(CustomResource.Definition(), cancellationToken: CancellationToken.None);
        while ((await client.ApiextensionsV1.ReadCustomResourceDefinitionAsync(CustomResource.Definition().Metadata.Name, cancellationToken: CancellationToken.None)).Status?.Conditions?.Any(one => one is { Type: "Established", Status: "True" }) is not true && await timer.WaitForNextTickAsync())
            Assert.True(deadline.Elapsed < TimeSpan.FromMinutes(2), "the custom resource is not served after two minutes");
    }

    static async Task<bool> IsReady(ApiServer client)
    {
        try
        {
            using var answer = await client.Open("readyz", CancellationToken.None);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e.IsOfTheServer(CancellationToken.None))
        {
            return false;
        }
    }

    Process Run(string program, params string[] arguments)
    {
        var log = new StreamWriter(Path.Combine(_folder, program + ".log")) { AutoFlush = true };
        var process = new Process { StartInfo = new ProcessStartInfo(Path.Combine(Assets, program), arguments) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = _folder } };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _processes.Add(process);
        return process;

        void Keep(string? line)
        {
            lock (log)
                log.WriteLine(line);
        }
    }

    string Tail(string log) => new StringBuilder().AppendJoin('\n', File.ReadLines(Path.Combine(_folder, log)).TakeLast(5)).ToString();

    string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
