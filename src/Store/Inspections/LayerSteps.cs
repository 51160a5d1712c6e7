using Plimsoll.Engine;
using Plimsoll.Store.Observation;

namespace Plimsoll.Store.Inspections;

/// <summary>Tells how far the layers of one inspection are, every few megabytes.</summary>
internal sealed class LayerSteps(Guid inspection, INews news, ServiceMeter meter) : IProgress<LayerProgress>
{
    /// <summary>Bytes of a layer between two pieces of news.</summary>
    const long Step = 4 << 20;

    readonly Dictionary<string, (long Read, long Told)> _layers = [];

    public void Report(LayerProgress value)
    {
        meter.Read(value.Read);
        LayerStep? step = null;
        lock (_layers)
        {
            var (read, told) = _layers.GetValueOrDefault(value.Layer);
            read += value.Read;
            if (read - told >= Step || read == value.Total)
                (told, step) = (read, new LayerStep(value.Layer, read, value.Total));
            _layers[value.Layer] = (read, told);
        }
        if (step is not null)
            news.Publish(inspection, step);
    }
}
