using System.Globalization;
using Plimsoll.Engine.Images;
using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class HealthCheckCheck : ICheck
{
    /// <summary>Docker's own, where the image leaves them out.</summary>
    static readonly TimeSpan DefaultTime = TimeSpan.FromSeconds(30);
    const int DefaultRetries = 3;

    public CheckInfo Info { get; } = new(
        "healthcheck", Severity.Low, "The image has no health check, or one that does not work",
        "Add HEALTHCHECK with a command that is in the image (Kubernetes ignores it: set probes there)", "CIS-DI-0006");

    public IEnumerable<Evidence> Run(InspectedImage image) => image.Config.HealthCheck switch
    {
        null or { Test: [] } => [new Evidence("the image has no HEALTHCHECK")],
        { IsActive: false } => [new Evidence("the health check is switched off (NONE)")],
        var health => Times(health).Select(text => new Evidence(text)).Concat(Programs(image)),
    };

    // It can never succeed, which is worse than none: an engine that acts on it kills a container that works.
    static IEnumerable<Evidence> Programs(InspectedImage image) =>
        from program in HealthCommand.Missing(image)
        where !program.IsTool
        select new Evidence(program.IsThere
            ? $"the health check runs {program.Name}, which is not executable" : $"the health check runs {program.Name}, which is not in the image",
            Severity: Severity.Medium);

    static IEnumerable<string> Times(HealthCheck health)
    {
        var (interval, timeout, retries) = (health.Interval ?? DefaultTime, health.Timeout ?? DefaultTime, health.Retries ?? DefaultRetries);
        if (interval < TimeSpan.FromSeconds(1))
            yield return $"it runs every {Seconds(interval)}, which is a load of its own";
        if (timeout > interval && health.Timeout is not null)
            yield return $"its timeout of {Seconds(timeout)} is longer than its interval of {Seconds(interval)}";
        if ((interval + timeout) * Math.Max(1, retries) is var late && late > TimeSpan.FromMinutes(10))
            yield return $"a container that hangs is unhealthy only after {Seconds(late)} ({retries} tries, {Seconds(interval)} apart)";
    }

    static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.###} s");
}
