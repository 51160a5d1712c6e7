using Plimsoll.Engine.Checks;

namespace Plimsoll.Engine.Optimizing;

/// <summary>Where package managers keep what they downloaded, unless they are told otherwise.</summary>
internal static class PackageCaches
{
    public static bool Has(ReadOnlySpan<byte> path) => OfTheSystem(path) || OfPython(path) || NpmCacheCheck.IsCache(path) || OfCompilers(path) || OfScripts(path);

    static bool OfTheSystem(ReadOnlySpan<byte> path) =>
        ApkCacheCheck.IsCache(path) || path.IsUnder("var/cache/dnf"u8) || path.IsUnder("var/cache/yum"u8)
        || path.IsUnder("var/cache/libdnf5"u8) || path.IsUnder("var/cache/zypp"u8) || path.IsUnder("var/cache/pacman/pkg"u8);

    static bool OfPython(ReadOnlySpan<byte> path) => PipCacheCheck.IsCache(path) || UvCacheCheck.IsCache(path) || path.HasParts(".cache/pypoetry"u8);

    static bool OfCompilers(ReadOnlySpan<byte> path) =>
        NuGetCacheCheck.IsCache(path)
        || path.HasParts("cargo/registry"u8) || path.HasParts(".cargo/registry"u8) || path.HasParts("cargo/git/db"u8) || path.HasParts(".cargo/git/db"u8)
        || path.HasParts(".cache/go-build"u8) || path.HasParts("go/pkg/mod/cache"u8);

    static bool OfScripts(ReadOnlySpan<byte> path) =>
        path.HasParts(".cache/composer"u8) || path.HasParts(".composer/cache"u8)
        || path.EndsWith(".gem"u8) && path.HasParts("cache"u8) && (path.HasParts("gems"u8) || path.HasParts("ruby"u8) || path.HasParts(".gem"u8) || path.HasParts("bundle"u8));
}
