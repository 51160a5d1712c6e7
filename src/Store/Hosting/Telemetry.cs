using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Hosting;

/// <summary>What a process tells of itself: metrics for Prometheus to fetch, and traces where the configuration names somebody who takes them.</summary>
internal static class Telemetry
{
    /// <summary>Where traces go, as OpenTelemetry names it; the exporter reads the rest of <c>OTEL_*</c> itself.</summary>
    const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <param name="name">Of the process, unless <c>OTEL_SERVICE_NAME</c> gives another.</param>
    public static OpenTelemetryBuilder AddTelemetry(this IServiceCollection services, string name, Func<string, string?> variable) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource.AddService(variable("OTEL_SERVICE_NAME") is { Length: > 0 } given ? given : name, serviceVersion: HealthEndpoints.Version))
        .WithMetrics(metrics => metrics.AddMeter(ServiceMeter.Name, "Npgsql", "System.Runtime").AddPrometheusExporter())
        .WithTracing(traces =>
        {
            traces.AddSource(InspectionTrace.Name, "Npgsql", "System.Net.Http");
            if (variable(Endpoint) is { Length: > 0 })
                traces.AddOtlpExporter();
        });
}
