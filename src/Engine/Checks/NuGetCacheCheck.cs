using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class NuGetCacheCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "nuget-cache", Severity.Low, "NuGet's package cache is left in the image",
        "Publish in a build stage and copy only the output, or mount the cache: RUN --mount=type=cache,target=/root/.nuget/packages", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var moved = Leftovers.DirectoriesOf(image, "NUGET_PACKAGES", "NUGET_HTTP_CACHE_PATH");
        return Leftovers.PerLayer(image, "NuGet's cache", path => IsCache(path) || path.IsUnderAny(moved));
    }

    internal static bool IsCache(ReadOnlySpan<byte> path) => path.HasParts(".nuget/packages"u8) || path.HasParts(".local/share/NuGet"u8) || path.IsUnder("tmp/NuGetScratch"u8);
}
