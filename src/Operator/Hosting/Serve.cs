using k8s;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using Plimsoll.Operator.Cluster;
using Plimsoll.Store.Hosting;
using Plimsoll.Store.Settings;

namespace Plimsoll.Operator.Hosting;

/// <summary>The operator: caches of the cluster, the one replica that works, and beside them health and metrics.</summary>
internal static class Serve
{
    const string DefaultAddress = "http://127.0.0.1:8000";

    /// <summary>1 when the lease was lost: another replica leads, and this process is to begin anew.</summary>
    public static async Task<int> Run(string[] args)
    {
        await using var app = Build(args, OperatorSettings.Read(Environment.GetEnvironmentVariable), Configuration());
        await app.StartAsync();
        Console.Out.WriteLine($"Plimsoll's operator listens on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
        return app.Services.GetRequiredService<Leadership>().HasFailed ? 1 : 0;
    }

    public static WebApplication Build(string[] args, OperatorSettings settings, KubernetesClientConfiguration cluster)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.WebHost.UseUrls(builder.Configuration["urls"] is { Length: > 0 } given ? given : DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddJsonLogs(settings.LogLevel);
        // A little more than what is under way may take to end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Leadership.Drain + TimeSpan.FromSeconds(5));
        builder.Services.AddRollouts(settings, cluster);
        builder.Services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("plimsoll-operator", serviceVersion: OperatorHealth.Version))
            .WithMetrics(metrics => metrics.AddMeter(OperatorMeter.Name, "System.Runtime").AddPrometheusExporter());
        var app = builder.Build();
        app.MapOperatorHealth();
        app.MapPrometheusScrapingEndpoint();
        return app;
    }

    static KubernetesClientConfiguration Configuration()
    {
        try
        {
            return KubernetesClientConfiguration.BuildDefaultConfig();
        }
        catch (Exception e) when (e is k8s.Exceptions.KubeConfigException or IOException)
        {
            throw new SettingsException("KUBECONFIG", $"outside of a cluster it names the file that says where one is: {e.Message}");
        }
    }
}
