using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class AptCacheCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "apt-cache", Severity.Low, "apt's package lists or archives are left in the image",
        "Delete them in the RUN that fetched them: rm -rf /var/lib/apt/lists/* /var/cache/apt/*", "DKL-DI-0005");

    public IEnumerable<Evidence> Run(InspectedImage image) =>
        Leftovers.PerLayer(image, "apt's lists and archives", IsCache);

    internal static bool IsCache(ReadOnlySpan<byte> path) => path.IsUnder("var/lib/apt/lists"u8) || path.IsUnder("var/cache/apt"u8);
}
