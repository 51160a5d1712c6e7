using Plimsoll.Engine.Reports;

namespace Plimsoll.Engine.Checks;

internal sealed class NpmCacheCheck : ICheck
{
    public CheckInfo Info { get; } = new(
        "npm-cache", Severity.Low, "The cache of npm, yarn or pnpm is left in the image",
        "Run npm cache clean --force in the same RUN, or mount the cache: RUN --mount=type=cache,target=/root/.npm", null);

    public IEnumerable<Evidence> Run(InspectedImage image)
    {
        var moved = Leftovers.DirectoriesOf(image, "npm_config_cache", "NPM_CONFIG_CACHE", "YARN_CACHE_FOLDER");
        return Leftovers.PerLayer(image, "a package cache", path => IsCache(path) || path.IsUnderAny(moved));
    }

    // pnpm's store is no cache: its files are hard-linked into node_modules.
    internal static bool IsCache(ReadOnlySpan<byte> path) =>
        path.HasParts(".npm/_cacache"u8) || path.HasParts(".npm/_logs"u8) || path.HasParts(".cache/yarn"u8) || path.HasParts(".yarn/berry/cache"u8)
        || path.HasParts(".cache/pnpm"u8);
}
