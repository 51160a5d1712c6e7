using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plimsoll.Operator.Cluster;
using Plimsoll.Operator.Hosting;

namespace Plimsoll.Operator.Tests.Samples;

/// <summary>The operator as its process runs it, in this one.</summary>
internal sealed class RunningOperator : IAsyncDisposable
{
    readonly WebApplication _app;

    RunningOperator(WebApplication app) => _app = app;

    public HttpClient Http { get; private init; } = null!;

    public LeaderLease Lease => _app.Services.GetRequiredService<LeaderLease>();

    public bool HasFailed => _app.Services.GetRequiredService<Leadership>().HasFailed;

    /// <summary>When the process is to end, told from outside or by itself.</summary>
    public CancellationToken Ending => _app.Lifetime.ApplicationStopping;

    /// <param name="ns">Where its lease is, and what it watches unless it watches all.</param>
    public static async Task<RunningOperator> Start(KubernetesClientConfiguration cluster, FakeService service, string ns, bool all = false)
    {
        var settings = new OperatorSettings(service.Address, "token", service.Address, all ? [] : [ns], PullSecrets: true, 4, LogLevel.None, "plimsoll-operator", ("operator", ns));
        var app = Serve.Build(["--urls", "http://127.0.0.1:0"], settings, cluster);
        await app.StartAsync(Patience.Ct);
        return new RunningOperator(app) { Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) } };
    }

    /// <summary>Ends it as a node does that is told to.</summary>
    public Task Stop() => _app.StopAsync(Patience.Ct);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
