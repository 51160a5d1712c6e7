using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class UvCacheCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "uv-cache", Severity.Low, "uv's cache is left in the image",
        "Install with uv --no-cache, or mount the cache: RUN --mount=type=cache,target=/root/.cache/uv", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var moved = Leftovers.DirectoriesOf(image, "UV_CACHE_DIR");
        return Leftovers.PerLayer(image, "uv's cache", path => IsCache(path) || path.IsUnderAny(moved));
    }

    internal static bool IsCache(ReadOnlySpan<byte> path) => path.HasParts(".cache/uv"u8);
}
