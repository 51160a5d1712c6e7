using Plimsoll.Store;
using Plimsoll.Store.Hosting;
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
        builder.Services.AddTelemetry("plimsoll-worker", variable);
        var app = builder.Build();
        app.MapHealth();
        app.MapPrometheusScrapingEndpoint();
        return app;
    }
}
