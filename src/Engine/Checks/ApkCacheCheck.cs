using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class ApkCacheCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "apk-cache", Severity.Low, "apk's package index or archives are left in the image",
        "Install with apk add --no-cache", "DKL-DI-0004");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        Leftovers.PerLayer(image, "apk's cache", IsCache);

    internal static bool IsCache(ReadOnlySpan<byte> path) => path.IsUnder("var/cache/apk"u8) || path.IsUnder("etc/apk/cache"u8);
}
