using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Plimsoll.Api.Requests;
using Plimsoll.Store.Hosting;
using Plimsoll.Store.Settings;
using Scalar.AspNetCore;

namespace Plimsoll.Api.Http;

/// <summary>What every endpoint stands on: limits, errors, signing in, observation.</summary>
internal static class ApiServices
{
    /// <summary>Bytes of a JSON request. Uploads have a limit of their own.</summary>
    public const long RequestBytes = 1 << 20;

    public static void AddServer(this WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = settings.MaxConnections;
            kestrel.Limits.MaxRequestBodySize = RequestBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
        builder.Logging.AddJsonLogs(settings.LogLevel);
    }

    public static void AddApi(this IServiceCollection services, Settings settings, bool signIn)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions["traceId"] = System.Diagnostics.Activity.Current?.TraceId.ToString() ?? context.HttpContext.TraceIdentifier);
        services.AddExceptionHandler<Faults>();
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy { Timeout = settings.Timeout, TimeoutStatusCode = 504 });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            json.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            json.SerializerOptions.MaxDepth = 32;
            foreach (var converter in Engine.Reports.JsonFormat.Converters)
                json.SerializerOptions.Converters.Add(converter);
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        });
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.KnownProxies.Clear();
            forwarded.KnownIPNetworks.Clear();
            foreach (var network in settings.Limits.TrustedProxies)
                forwarded.KnownIPNetworks.Add(network);
            // With no proxy trusted, none is asked: the middleware would take anybody's word.
            forwarded.ForwardedHeaders = settings.Limits.TrustedProxies.Count > 0 ? ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto : ForwardedHeaders.None;
            forwarded.ForwardLimit = null;
        });
        services.AddSingleton(new UploadSlots(settings.Limits.Uploads));
        services.AddScopes(signIn);
        services.AddSingleton<Inspections.InspectionEvents>();
        services.AddSingleton<Advisories.VulnerabilityEvents>();
        services.AddOpenApi("v1", openApi => openApi.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "Plimsoll";
            document.Info.Description = "Says what is in a container image, what is wrong with it, and whether it may sail.";
            return Task.CompletedTask;
        }));
        if (!signIn)
            services.AddHostFiltering(hosts => hosts.AllowedHosts = ["localhost", "127.0.0.1", "[::1]"]);
    }

    public static void UseApi(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseExceptionHandler();
        // Whatever the caller accepts: a refusal says why, in one form.
        app.UseStatusCodePages(context => Problems.Plain(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext));
        app.UseMiddleware<SafeHeaders>();
        app.UseMiddleware<KnownCharset>();
        if (app.Services.GetService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.HostFiltering.HostFilteringOptions>>()?.Value.AllowedHosts is { Count: > 0 })
        {
            // Nobody signs in here: a web page elsewhere must not reach the service through the browser of whoever runs it.
            app.UseHostFiltering();
            app.UseMiddleware<SameOrigin>();
        }
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseMiddleware<RateLimits>();
        app.UseAuthorization();
        app.UseMiddleware<Idempotency>();
        app.MapOpenApi();
        app.MapScalarApiReference("/docs", docs => docs.WithTitle("Plimsoll API"));
        app.MapPrometheusScrapingEndpoint();
    }
}
