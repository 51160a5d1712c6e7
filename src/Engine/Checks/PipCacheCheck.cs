using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class PipCacheCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "pip-cache", Severity.Low, "pip's download cache is left in the image",
        "Install with pip install --no-cache-dir, or mount the cache: RUN --mount=type=cache,target=/root/.cache/pip", "DKL-DI-0005");

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var moved = Leftovers.DirectoriesOf(image, "PIP_CACHE_DIR");
        return Leftovers.PerLayer(image, "pip's cache", path => IsCache(path) || path.IsUnderAny(moved));
    }

    internal static bool IsCache(ReadOnlySpan<byte> path) => path.HasParts(".cache/pip"u8);
}
