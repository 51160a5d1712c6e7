using System.Net;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Plimsoll.Api.Advisories;
using Plimsoll.Api.Comparisons;
using Plimsoll.Api.Http;
using Plimsoll.Api.Images;
using Plimsoll.Api.Inspections;
using Plimsoll.Api.Jobs;
using Plimsoll.Api.Policies;
using Plimsoll.Api.Registries;
using Plimsoll.Api.Tokens;
using Plimsoll.Api.Verdicts;
using Plimsoll.Api.Vex;
using Plimsoll.Api.Webhooks;
using Plimsoll.Client;
using Plimsoll.Store;
using Plimsoll.Store.Hosting;
using Plimsoll.Store.Jobs;
using Plimsoll.Store.Settings;

namespace Plimsoll.Api;

/// <summary>The service: its API, and when it is alone its worker too.</summary>
internal static class Serve
{
    const string DefaultAddress = "http://127.0.0.1:8000";

    public static async Task<int> Run(string[] args)
    {
        await using var app = Build(args, Environment.GetEnvironmentVariable);
        await app.Services.GetRequiredService<Schema>().Migrate(CancellationToken.None);
        await app.StartAsync();
        Console.Out.WriteLine($"Plimsoll listens on {string.Join(", ", app.Urls)}");
        await app.WaitForShutdownAsync();
        return 0;
    }

    /// <param name="inspects">Whether it runs inspections itself; null: unless WORKERS is 0.</param>
    public static WebApplication Build(string[] args, Func<string, string?> variable, bool? inspects = null)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        var addresses = (builder.Configuration["urls"] is { Length: > 0 } given ? given : DefaultAddress).Split(';', StringSplitOptions.RemoveEmptyEntries);
        var loopback = addresses.All(IsLoopback);
        var settings = new SettingsReader(variable).Read(loopback);
        builder.WebHost.UseUrls(addresses);
        builder.AddServer(settings);
        builder.Services.AddStore(settings);
        builder.Services.AddTelemetry("plimsoll-api", variable)
            .WithMetrics(metrics => metrics.AddAspNetCoreInstrumentation())
            // Who probes and scrapes every few seconds would be most of what there is to see.
            .WithTracing(traces => traces.AddAspNetCoreInstrumentation(requests => requests.Filter = context => context.Request.Path.StartsWithSegments("/v1")));
        builder.Services.AddApi(settings, signIn: !loopback || settings.SecretKey is not null);
        if (settings is { Workers: 0, Database.IsPostgres: false })
            throw new SettingsException(Variables.Workers, "it takes at least 1 with SQLite, where no other process can inspect");
        if (inspects ?? settings.Workers > 0)
            builder.Services.AddInspectionLoop().AddJobs(settings);

        var app = builder.Build();
        app.UseApi();
        app.MapHealth();
        app.MapGet("/version", () => TypedResults.Ok(new VersionBody(HealthEndpoints.Version, Engine.Rules.Revision))).WithTags("health");
        app.MapProblemPages();
        var v1 = app.MapGroup("/v1").RequireAuthorization();
        v1.MapInspections();
        v1.MapImages();
        v1.MapComparisons();
        v1.MapResolve();
        v1.MapVerdicts();
        v1.MapPolicies();
        v1.MapTokens();
        v1.MapWebhooks();
        v1.MapDeliveries();
        v1.MapJobs();
        v1.MapAdvisories();
        v1.MapAdvisoryExport();
        v1.MapVulnerabilities();
        v1.MapVex();
        return app;
    }

    static bool IsLoopback(string address) => Uri.TryCreate(address.Replace("//+", "//0.0.0.0", StringComparison.Ordinal).Replace("//*", "//0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
        && (uri.Host == "localhost" || IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
