using Microsoft.EntityFrameworkCore;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Plimsoll.Store;
using Plimsoll.Store.Jobs;
using Plimsoll.Store.Settings;

namespace Plimsoll.Worker;

/// <summary>The inspection loop, and beside it health and metrics.</summary>
internal static class Serve
{
    const string DefaultAddress = "http://127.0.0.1:8000";

    public static async Task<int> Run(string[] args)
    {
        await using var app = Build(args, Environment.GetEnvironmentVariable);
        await app.Services.GetRequiredService<Schema>().Migrate(CancellationToken.None);
        await app.StartAsync();
        Console.Out.WriteLine($"Plimsoll's worker listens on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    static WebApplication Build(string[] args, Func<string, string?> variable)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var settings = new SettingsReader(variable).Read(loopback: false);
        if (!settings.Database.IsPostgres)
            throw new SettingsException(Variables.DatabaseUrl, "a worker of its own needs PostgreSQL; with SQLite the API inspects by itself");
        if (settings.Workers == 0)
            throw new SettingsException(Variables.Workers, "a worker takes at least 1");
        builder.WebHost.UseUrls(builder.Configuration["urls"] is { Length: > 0 } given ? given : DefaultAddress);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddJsonLogs(settings.LogLevel);
        builder.Services.AddStore(settings).AddInspectionLoop().AddJobs(settings);
        // What is running may end within this time; the rest is given back and taken elsewhere.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(25));
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Plimsoll", "Npgsql", "System.Runtime").AddPrometheusExporter())
            .WithTracing(traces =>
            {
                traces.AddSource("Plimsoll", "Npgsql");
                if (variable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 })
                    traces.AddOtlpExporter();
            });
        var app = builder.Build();
        app.MapGet("/health/live", () => TypedResults.Ok());
        app.MapGet("/health/ready", async (IDbContextFactory<PlimsollDb> databases, CancellationToken ct) =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            return await db.Database.CanConnectAsync(ct) ? Results.Ok() : Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        });
        app.MapPrometheusScrapingEndpoint();
        return app;
    }
}
