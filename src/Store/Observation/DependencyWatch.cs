using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;

namespace Plimsoll.Store.Observation;

/// <summary>Looks at the dependencies from time to time, so that reading the metrics never waits for them.</summary>
internal sealed class DependencyWatch : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    readonly Dependencies _dependencies;
    readonly TimeProvider _clock;
    DependencyLook? _last;

    public DependencyWatch(Dependencies dependencies, IMeterFactory meters, TimeProvider clock)
    {
        (_dependencies, _clock) = (dependencies, clock);
        meters.Create(ServiceMeter.Name).CreateObservableGauge("plimsoll.dependency.up", Measure, description: "Whether this process reaches what it stands on: 1, or 0.");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        do
            _last = await _dependencies.Look(stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    IEnumerable<Measurement<int>> Measure()
    {
        if (_last is not { } last)
            yield break;
        yield return Of("database", last.Database);
        if (last.Redis is { } redis)
            yield return Of("redis", redis);
    }

    static Measurement<int> Of(string dependency, bool up) => new(up ? 1 : 0, new KeyValuePair<string, object?>("dependency", dependency));
}
