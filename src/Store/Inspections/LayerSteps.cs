using System.Diagnostics;
using Plimsoll.Engine;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Inspections;

/// <summary>Tells how far the layers of one inspection are, every few megabytes.</summary>
internal sealed class LayerSteps(Guid inspection, INews news, ServiceMeter meter, TimeProvider clock, Activity? span) : IProgress<LayerProgress>
{
    /// <summary>Bytes of a layer between two pieces of news.</summary>
    const long Step = 4 << 20;

    readonly Dictionary<string, (DateTimeOffset Started, long Read, long Told)> _layers = [];

    public void Report(LayerProgress value)
    {
        meter.Read(value.Read);
        LayerStep? step = null;
        lock (_layers)
        {
            var (started, read, told) = _layers.TryGetValue(value.Layer, out var known) ? known : (clock.GetUtcNow(), 0, 0);
            read += value.Read;
            if (read - told >= Step || read == value.Total)
                (told, step) = (read, new LayerStep(value.Layer, read, value.Total));
            _layers[value.Layer] = (started, read, told);
            // The end of the layer may be told more than once, with nothing read.
            if (read == value.Total && value.Read > 0)
                InspectionTrace.Layer(span, value.Layer, read, started);
        }
        if (step is not null)
            news.Publish(inspection, step);
    }
}
